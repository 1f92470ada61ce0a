# Sourced by the scripts: finds .NET and makes it quiet, also where there is no home directory.
command -v dotnet >/dev/null 2>&1 || [[ ! -x ${HOME:-/nonexistent}/.dotnet/dotnet ]] || PATH=$HOME/.dotnet:$PATH
if ! command -v dotnet >/dev/null 2>&1; then
    echo "Error: the .NET 10 SDK is needed, and 'dotnet' is not on the PATH (https://dotnet.microsoft.com/download)" >&2
    exit 1
fi
if [[ ! -w ${HOME:-/nonexistent} ]]; then
    export DOTNET_CLI_HOME=$top/artifacts/home
    export NUGET_PACKAGES=${NUGET_PACKAGES:-$top/artifacts/home/packages}
    mkdir -p "$DOTNET_CLI_HOME" "$NUGET_PACKAGES"
fi
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=0 DOTNET_ADD_GLOBAL_TOOLS_TO_PATH=0
# Build servers would stay behind after the command that started them.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
