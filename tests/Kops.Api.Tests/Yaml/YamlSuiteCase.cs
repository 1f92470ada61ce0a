namespace Kops.Api.Tests.Yaml;

/// <summary>A case of the YAML test suite.</summary>
/// <param name="Id">Its name in the suite; of several in one file, with their number.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Yaml">The text.</param>
/// <param name="Json">What it means, one JSON value after the other; null where JSON cannot say it.</param>
/// <param name="IsWrong">Whether it is not YAML.</param>
internal sealed record YamlSuiteCase(string Id, string Title, string Yaml, string? Json, bool IsWrong);
