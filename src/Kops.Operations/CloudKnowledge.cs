using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Model.Channels;
using Kops.Model.Clouds;

namespace Kops.Operations;

/// <summary>What is known of clouds and versions.</summary>
public sealed record CloudKnowledge
{
    /// <summary>What is known without asking; the snapshot inside by default. Called when somebody wants to know.</summary>
    public Func<CloudFacts> Facts { get; init; } = CloudSnapshot.Load;

    /// <summary>Asks a cloud, and gives what is known then; null asks none.</summary>
    public Func<CloudFacts, CloudQuestions, CancellationToken, Task<CloudFacts>>? Ask { get; init; }

    /// <summary>Reads a channel that is named by its path or address; null where only those inside can be named.</summary>
    public Func<string, CancellationToken, Task<ReadOnlyMemory<byte>>>? ReadFile { get; init; }

    /// <summary>The facts with what the cloud itself says of the questions, if there are any.</summary>
    public Task<CloudFacts> AnswerAsync(CloudFacts facts, CloudQuestions? questions, CancellationToken cancellationToken = default) =>
        questions is null || Ask is null ? Task.FromResult(facts) : Ask(facts, questions, cancellationToken);

    /// <summary>The channel of that name, at that path or address.</summary>
    /// <exception cref="OperationException">There is none, or it is none.</exception>
    public async Task<Channel> FindChannelAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == "none")
            return Channel.Empty;
        if (ChannelSnapshots.Find(name) is { } known)
            return known;
        if (ReadFile is null || (!name.Contains('/', StringComparison.Ordinal) && !name.Contains('.', StringComparison.Ordinal)))
            throw OperationException.InvalidRequest(
                $"--channel: there is no channel '{name}'; there are {string.Join(", ", ChannelSnapshots.Names)}, or the path of a "
                    + $"channel file"
            );
        var text = await ReadFile(name, cancellationToken).ConfigureAwait(false);
        try
        {
            return YamlReader.Read(text, name) is [{ Root: MappingNode document }]
                ? ChannelDocument.Read(document)
                : throw OperationException.Failed($"{name}: is not a channel: expected one YAML document");
        }
        catch (FormatException malformed)
        {
            throw OperationException.Failed($"{name}: {malformed.Message}", malformed);
        }
    }
}
