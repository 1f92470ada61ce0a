using System.Collections.Immutable;
using Kops.Vfs.Analyzer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Kops.Vfs.Tests.Analyzer;

/// <summary>An outcome that nobody looks at is a warning, however the call is written.</summary>
public sealed class DroppedOutcomeTests
{
    private static readonly IReadOnlyList<MetadataReference> Platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    [Theory]
    [InlineData("await path.DeleteAsync(any);")]
    [InlineData("await path.DeleteAsync(any).ConfigureAwait(false);")]
    [InlineData("await path.DeleteAsync(any).AsTask();")]
    [InlineData("await (path.DeleteAsync(any));")]
    [InlineData("path.DeleteAsync(any).AsTask().GetAwaiter().GetResult();")]
    [InlineData("path.DeleteAsync(any);")]
    [InlineData("path.DeleteAsync(any).AsTask();")]
    [InlineData("path.DeleteAsync(any).ConfigureAwait(false);")]
    [InlineData("await path.CopyToAsync(path, any);")]
    [InlineData("await Task.WhenAll(path.DeleteAsync(any).AsTask(), path.DeleteAsync(any).AsTask());")]
    [InlineData("if (path.Key.Length > 0) await path.DeleteAsync(any);")]
    [InlineData("for (; ; await path.DeleteAsync(any)) { }")]
    [InlineData("maybe?.DeleteAsync(any);")]
    [InlineData("Func<Task> later = async () => await path.DeleteAsync(any);")]
    [InlineData("Action later = () => path.DeleteAsync(any);")]
    [InlineData("Task LaterAsync() { path.DeleteAsync(any); return Task.CompletedTask; }")]
    [InlineData("async Task LaterAsync() => await path.DeleteAsync(any);")]
    [InlineData("Derived.Make();")]
    public async Task A_call_is_warned_of_whose_outcome_is_dropped(string statement) =>
        Assert.Equal(
            [statement.Contains("Derived", StringComparison.Ordinal) ? "Derived" : "WriteOutcome"],
            await WarningsAsync(statement)
        );

    [Theory]
    [InlineData("_ = await path.DeleteAsync(any);")]
    [InlineData("_ = path.DeleteAsync(any);")]
    [InlineData("var outcome = await path.DeleteAsync(any);")]
    [InlineData("if ((await path.DeleteAsync(any)).Succeeded) { }")]
    [InlineData("Func<Task<WriteOutcome>> later = async () => await path.DeleteAsync(any);")]
    [InlineData("ValueTask<WriteOutcome> LaterAsync() => path.DeleteAsync(any);")]
    [InlineData("await path.ReadTextAsync();")]
    [InlineData("await path.UpdateAsync(old => null);")]
    public async Task Nothing_is_said_of_one_that_is_looked_at_or_dropped_on_purpose(string statement) =>
        Assert.Empty(await WarningsAsync(statement));

    [Fact]
    public async Task Programs_without_stores_are_left_alone() =>
        Assert.Empty(await WarningsAsync("using System.Threading.Tasks; await Task.FromResult(1);", []));

    private static Task<IReadOnlyList<string>> WarningsAsync(string statement) =>
        WarningsAsync(
            $$"""
            using System;
            using System.Threading.Tasks;
            using Kops.Vfs;

            VfsPath path = null!;
            VfsPath? maybe = null;
            var any = WriteCondition.Any;
            {{statement}}
            await Task.Yield();

            [MustUse]
            public abstract class Result;

            public sealed class Derived : Result
            {
                public static Derived Make() => new();
            }
            """,
            [MetadataReference.CreateFromFile(typeof(VfsPath).Assembly.Location)]
        );

    /// <summary>The types whose outcomes are dropped, by the words of the warnings.</summary>
    private static async Task<IReadOnlyList<string>> WarningsAsync(string program, IEnumerable<MetadataReference> references)
    {
        var token = TestContext.Current.CancellationToken;
        var compilation = CSharpCompilation.Create(
            "program",
            [CSharpSyntaxTree.ParseText(program, cancellationToken: token)],
            [.. Platform, .. references],
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable)
        );
        Assert.DoesNotContain(compilation.GetDiagnostics(token), problem => problem.Severity is DiagnosticSeverity.Error);
        var warnings = await compilation
            .WithAnalyzers(ImmutableArray.Create<DiagnosticAnalyzer>(new DroppedOutcome()))
            .GetAnalyzerDiagnosticsAsync(token);
        return [.. warnings.Select(warning => warning.GetMessage(null).Split("this ")[1].Split(',')[0])];
    }
}
