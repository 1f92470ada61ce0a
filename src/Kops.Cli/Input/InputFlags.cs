using Kops.Cli.CommandLine;

namespace Kops.Cli.Input;

/// <summary>The flags of commands that take objects.</summary>
internal static class InputFlags
{
    public static Flag<IReadOnlyList<string>> Filename { get; } =
        Flag.List("filename", "File with the objects, '-' for standard input; may be repeated") with
        {
            Short = "f",
            Values = ValueSource.File,
        };

    /// <summary>Lets an object that a newer kOps wrote be overwritten; its unknown fields are kept.</summary>
    public static Flag<bool> AllowUnknownFields { get; } =
        Flag.Switch(
            "allow-unknown-fields",
            "Take objects although they have fields that this program does not know, those of a newer kOps; they are kept"
        );
}
