" SCONE manifests through ALE; belongs into ~/.vim/ale_linters/yaml/. `scone-ls` has to be on PATH.
" In YAML that is no manifest the server is silent.

call ale#Set('yaml_scone_ls_executable', 'scone-ls')
call ale#Set('yaml_scone_ls_config', {})

" The repository is the project, else the folder of the file.
function! ale_linters#yaml#scone_ls#Project(buffer) abort
    let l:folder = expand('#' . a:buffer . ':p:h')
    let l:git = ale#path#FindNearestDirectory(a:buffer, '.git')

    return empty(l:git) ? l:folder : fnamemodify(l:git, ':h:h')
endfunction

call ale#linter#Define('yaml', {
\   'name': 'scone-ls',
\   'lsp': 'stdio',
\   'executable': {buffer -> ale#Var(buffer, 'yaml_scone_ls_executable')},
\   'command': '%e serve',
\   'project_root': function('ale_linters#yaml#scone_ls#Project'),
\   'lsp_config': {buffer -> {'scone-ls': ale#Var(buffer, 'yaml_scone_ls_config')}},
\})
