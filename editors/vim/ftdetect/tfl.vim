autocmd BufRead,BufNewFile *.tfl setfiletype tfl
