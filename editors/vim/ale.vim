" SCONE manifests through ALE: lines for ~/.vimrc.

" Manifests that are templates are YAML for the server.
autocmd BufRead,BufNewFile *.yaml.template,*.yml.template setfiletype yaml

let g:ale_linters = {'yaml': ['scone-ls']}
let g:ale_completion_enabled = 1
let g:ale_floating_preview = 1

" Keys of manifests: completion with Ctrl-X Ctrl-O, hover with K, and what is at the cursor with gd, gr and \a.
autocmd FileType yaml setlocal omnifunc=ale#completion#OmniFunc
autocmd FileType yaml nmap <buffer> K <Plug>(ale_hover)
autocmd FileType yaml nmap <buffer> gd <Plug>(ale_go_to_definition)
autocmd FileType yaml nmap <buffer> gr <Plug>(ale_find_references)
autocmd FileType yaml nmap <buffer> <Leader>a <Plug>(ale_code_action)
autocmd FileType yaml nmap <buffer> <Leader>r <Plug>(ale_rename)

" :SconeBuild builds the manifest of the buffer, :SconeBuild! also when something speaks against it.
function! s:Build(force) abort
    let l:uri = ale#util#ToURI(expand('%:p'))
    let l:options = {'force': a:force ? v:true : v:false}
    let l:request = {'command': 'scone-ls.build', 'arguments': [l:uri, l:options]}
    call ale#lsp_linter#SendRequest(bufnr(''), 'scone-ls', [0, 'workspace/executeCommand', l:request])
endfunction
autocmd FileType yaml command! -buffer -bang SconeBuild call s:Build(<bang>0)
