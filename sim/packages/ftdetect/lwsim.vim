" SPDX-License-Identifier: GPL-2.0-or-later
autocmd BufNewFile,BufRead *.lw setfiletype lwsim
