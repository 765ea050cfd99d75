# SPDX-License-Identifier: GPL-2.0-or-later
# cpack runs this before it packs: adds what Debian wants in each package, and nowhere else.
set(debian ${CMAKE_CURRENT_LIST_DIR})

# compress(FILE...): the same bytes at any time
function(compress)
	execute_process(COMMAND gzip -9nf ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

foreach(component ${CPACK_COMPONENTS_ALL})
	string(TOUPPER ${component} name)
	set(package ${CPACK_DEBIAN_${name}_PACKAGE_NAME})
	set(root ${CPACK_TEMPORARY_DIRECTORY}/${component}/usr)
	set(doc ${root}/share/doc/${package})
	file(GLOB pages ${root}/share/man/man*/*[0-9])
	if(pages)
		compress(${pages})
	endif()
	if(EXISTS ${root}/share/zsh/site-functions) # Debian leaves that to the administrator
		file(RENAME ${root}/share/zsh/site-functions ${root}/share/zsh/vendor-completions)
	endif()
	if(EXISTS ${root}/share/doc/lwsim AND NOT package STREQUAL lwsim) # each package has a directory of its own
		file(RENAME ${root}/share/doc/lwsim ${doc})
	endif()
	file(MAKE_DIRECTORY ${doc})
	configure_file(${debian}/copyright ${doc}/copyright COPYONLY)
	configure_file(${debian}/changelog ${doc}/changelog.Debian COPYONLY)
	configure_file(${debian}/../../CHANGES.md ${doc}/changelog COPYONLY)
	compress(${doc}/changelog.Debian ${doc}/changelog)
	file(WRITE ${root}/share/lintian/overrides/${package}
		"# not an upload to Debian's archive\n${package}: initial-upload-closes-no-bugs\n")
endforeach()
