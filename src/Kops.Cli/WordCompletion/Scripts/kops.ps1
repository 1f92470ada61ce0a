# Completion of kops for PowerShell. For this shell:  kops completion powershell | Out-String | Invoke-Expression
# For every shell, the same line in $PROFILE.
Register-ArgumentCompleter -Native -CommandName kops -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { "$_" })
    $program = $words[0]
    $words = @($words | Select-Object -Skip 1)
    if ($wordToComplete -eq '') { $words += '""' }
    & $program __complete @words 2>$null | ForEach-Object {
        if ($_ -eq ':files') { return }
        $value, $help = $_ -split "`t", 2
        if (-not $help) { $help = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
    }
}
