namespace Kops.Resources.Values;

/// <summary>How the cloud is spoken to.</summary>
/// <param name="Name">The cloud's provider: <c>aws</c>.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Alias">What it is called where one provider is used in several ways; null for the main one.</param>
public sealed record Provider(string Name, Block Settings, string? Alias = null);
