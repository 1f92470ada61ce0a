#compdef kops
# Completion of kops for zsh. For this shell:  source <(kops completion zsh)
# For every shell:  kops completion zsh > "${fpath[1]}/_kops"
_kops() {
    local line value
    local -a candidates
    for line in "${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        if [[ $line == :files ]]; then
            _files
            return
        elif [[ -n $line ]]; then
            value=${${line%%$'\t'*}//:/\\:}
            [[ $line == *$'\t'* ]] && value+=":${line#*$'\t'}"
            candidates+=("$value")
        fi
    done
    _describe -t kops kops candidates
}
if [[ ${funcstack[1]} == _kops ]]; then _kops "$@"; else compdef _kops kops; fi
