namespace Kops.Api.Paths;

// Carries one mistake from the depth of a path to the caller that collects them.
internal sealed class FieldMistakeException(string path, string message) : Exception(message)
{
    public string Path { get; } = path;
}
