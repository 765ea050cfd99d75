# SPDX-License-Identifier: GPL-2.0-or-later
# musl-gcc, and after musl's own headers what it does not have: the kernel's, and uthash's.
set(CMAKE_C_COMPILER musl-gcc)
execute_process(COMMAND gcc -print-multiarch OUTPUT_VARIABLE multiarch OUTPUT_STRIP_TRAILING_WHITESPACE)
set(links ${CMAKE_BINARY_DIR}/include)
file(MAKE_DIRECTORY ${links})
foreach(header linux asm-generic uthash.h ${multiarch}/asm)
	cmake_path(GET header FILENAME name)
	file(CREATE_LINK /usr/include/${header} ${links}/${name} SYMBOLIC)
endforeach()
add_compile_options(-idirafter ${links})
