# Completion of kops for fish. For this shell:  kops completion fish | source
# For every shell:  kops completion fish > ~/.config/fish/completions/kops.fish
function __kops_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in ($words[1] __complete $words[2..-1] 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path (string replace -r '^--[^=]*=' '' -- (commandline -ct))
        else
            printf '%s\n' $line
        end
    end
end
complete -c kops -f -a '(__kops_complete)'
