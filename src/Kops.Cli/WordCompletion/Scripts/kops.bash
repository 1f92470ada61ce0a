# Completion of kops for bash. For this shell:  source <(kops completion bash)
# For every shell:  kops completion bash > /etc/bash_completion.d/kops   (or into ~/.bash_completion)
_kops() {
    local words=() joined=0 i word raw=${COMP_WORDS[COMP_CWORD]} line
    # bash splits words at = and : too; kops sees them as they were typed.
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ $word == [=:] && ${#words[@]} -gt 0 ]]; then
            words[${#words[@]}-1]+=$word joined=1
        elif ((joined)); then
            words[${#words[@]}-1]+=$word joined=0
        else
            words+=("$word")
        fi
    done
    local current=${words[${#words[@]}-1]} typed=$raw
    [[ $raw == [=:] ]] && typed=
    local prefix=${current%"$typed"}
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            compopt -o filenames 2>/dev/null
            while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$typed")
        else
            word=${line%%$'\t'*}
            COMPREPLY+=("${word#"$prefix"}")
        fi
    done < <("${COMP_WORDS[0]}" __complete "${words[@]}" 2>/dev/null)
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=.[] ]] && compopt -o nospace 2>/dev/null
}
complete -F _kops kops
