# SPDX-License-Identifier: GPL-2.0-or-later
# What `cmake --install` installs, and the Debian packages that `cpack` makes of it: one for each component.
#   program      lwsim, its helper programs, manual, scenarios              lwsim
#   library      liblwsim.so.0                                              liblwsim0
#   development  lw.h, the static library, pkg-config, CMake, examples      liblwsim-dev
include(CMakePackageConfigHelpers)

set(cmake_package ${CMAKE_INSTALL_LIBDIR}/cmake/lwsim)
install(TARGETS lwsim_shared EXPORT lwsim LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library
	NAMELINK_COMPONENT development INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT lwsim DESTINATION ${cmake_package} FILE lwsim-shared.cmake NAMESPACE lwsim:: COMPONENT development)
configure_package_config_file(sim/packages/lwsim-config.cmake.in lwsim-config.cmake
	INSTALL_DESTINATION ${cmake_package} PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR)
write_basic_package_version_file(lwsim-config-version.cmake VERSION ${library_version} COMPATIBILITY SameMinorVersion)
configure_file(sim/library/lwsim.pc.in lwsim.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/lwsim-config.cmake ${PROJECT_BINARY_DIR}/lwsim-config-version.cmake
	DESTINATION ${cmake_package} COMPONENT development)
install(FILES ${PROJECT_BINARY_DIR}/lwsim.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
install(FILES ${PROJECT_BINARY_DIR}/liblwsim.a DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(FILES sim/library/lw.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
install(FILES sim/man/liblwsim.3 DESTINATION ${CMAKE_INSTALL_MANDIR}/man3 COMPONENT development)
install(DIRECTORY sim/library/examples DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT development)

# What lwsim prints for shells and vim, from its own tables.
set(printed)
foreach(file bash/lwsim zsh/_lwsim vim/lwsim.vim)
	cmake_path(GET file PARENT_PATH shell)
	set(path ${PROJECT_BINARY_DIR}/completion/${file})
	file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/completion/${shell})
	add_custom_command(OUTPUT ${path} COMMAND lwsim completion ${shell} > ${path} DEPENDS lwsim VERBATIM)
	list(APPEND printed ${path})
endforeach()
add_custom_target(lwsim_completion ALL DEPENDS ${printed})
install(FILES ${PROJECT_BINARY_DIR}/completion/bash/lwsim DESTINATION share/bash-completion/completions)
install(FILES ${PROJECT_BINARY_DIR}/completion/zsh/_lwsim DESTINATION share/zsh/site-functions)
install(FILES ${PROJECT_BINARY_DIR}/completion/vim/lwsim.vim DESTINATION share/vim/vimfiles/syntax)
install(FILES sim/packages/ftdetect/lwsim.vim DESTINATION share/vim/vimfiles/ftdetect)

configure_file(sim/packages/uninstall.cmake.in uninstall.cmake @ONLY)
add_custom_target(uninstall COMMAND ${CMAKE_COMMAND} -P ${PROJECT_BINARY_DIR}/uninstall.cmake VERBATIM)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME lwsim)
set(CPACK_PACKAGE_VERSION ${library_version})
set(CPACK_PACKAGE_CONTACT "The lwsim maintainers <lwsim@lists.example.org>")
set(CPACK_COMPONENTS_ALL program library development)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
	WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/sim/packages/debian/files.cmake)
set(CPACK_POST_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/sim/packages/debian/scripts.cmake)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(about "lwsim runs Linux's link-state machine, linkwatch and its neighbours, on a
virtual clock:")

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME lwsim)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS "gcc, libc6-dev")
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "simulator of Linux's link-state machine
${about} which RTM_NEWLINK messages a kernel would send, when, and
what they say. It compares kernel versions and proposed changes, and tests
scenarios.
.
The compiler is for kernels of your own: src:PATH compiles a link_watch.c.")

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME liblwsim0)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SHLIBDEPS ON)
configure_file(sim/library/liblwsim0.symbols debian/symbols COPYONLY)
configure_file(sim/packages/debian/triggers debian/triggers COPYONLY)
file(CONFIGURE OUTPUT debian/shlibs CONTENT "liblwsim 0 liblwsim0 (>= ${library_version})\n")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${PROJECT_BINARY_DIR}/debian/symbols
	${PROJECT_BINARY_DIR}/debian/triggers ${PROJECT_BINARY_DIR}/debian/shlibs)
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "Linux's link-state machine for tests (shared library)
${about} a test makes a machine and devices, does what ip and drivers
do, lets time pass, and receives the rtnetlink messages a kernel would send.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME liblwsim-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
	"liblwsim0 (= ${library_version}-${CPACK_DEBIAN_PACKAGE_RELEASE}), libmnl-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Linux's link-state machine for tests (development files)
${about} a test makes a machine and devices, does what ip and drivers
do, lets time pass, and receives the rtnetlink messages a kernel would send.
.
The header, the static library, files for pkg-config and CMake, the manual,
and examples in C, Python and Go.")
include(CPack)
