# SPDX-License-Identifier: GPL-2.0-or-later
# cpack runs this after it has packed: it gives a shared library's package scripts that call ldconfig, which Debian does by
# the file `triggers`. Takes them out again.
foreach(file ${CPACK_PACKAGE_FILES})
	set(folder ${file}.folder)
	execute_process(COMMAND dpkg-deb -R ${file} ${folder} COMMAND_ERROR_IS_FATAL ANY)
	if(EXISTS ${folder}/DEBIAN/triggers AND EXISTS ${folder}/DEBIAN/postinst)
		file(REMOVE ${folder}/DEBIAN/postinst ${folder}/DEBIAN/postrm)
		execute_process(COMMAND dpkg-deb --root-owner-group -b ${folder} ${file} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
	endif()
	file(REMOVE_RECURSE ${folder})
endforeach()
