using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Kops.Vfs.Analyzer;

/// <summary>
/// Warns of a statement whose value is of a type that bears <c>[MustUse]</c>, awaited or not: a write that met a conflict has not
/// happened, and nobody would know. An assignment to <c>_</c> says that it is meant.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedOutcome : DiagnosticAnalyzer
{
    /// <summary>The name of the rule.</summary>
    public const string Id = "KOPS001";

    private const string Attribute = "Kops.Vfs.MustUseAttribute";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Nobody looks at an outcome",
        "Nobody looks at this {0}, which says whether it was done: look at it, or write '_ =' before it where that does not matter",
        "Usage",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true
    );

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(Attribute) is { } attribute)
                start.RegisterOperationAction(operation => Look(operation, attribute), OperationKind.ExpressionStatement);
        });
    }

    private static void Look(OperationAnalysisContext context, INamedTypeSymbol attribute)
    {
        var value = ((IExpressionStatementOperation)context.Operation).Operation;
        // What a statement assigns is kept somewhere; what a call gives is not.
        if (value is not (IInvocationOperation or IAwaitOperation or IConditionalAccessOperation))
            return;
        if (Outcome(value.Type, attribute) is { } outcome)
            context.ReportDiagnostic(Diagnostic.Create(Rule, value.Syntax.GetLocation(), outcome.Name));
    }

    /// <summary>The type with the attribute that a value is, or that a task, an array or a nullable value holds; null for none.</summary>
    private static ITypeSymbol? Outcome(ITypeSymbol? type, INamedTypeSymbol attribute) =>
        type switch
        {
            null => null,
            IArrayTypeSymbol array => Outcome(array.ElementType, attribute),
            INamedTypeSymbol { TypeArguments.Length: 1 } wrapped when IsWrapper(wrapped) => Outcome(wrapped.TypeArguments[0], attribute),
            _ => IsMarked(type, attribute) ? type : null,
        };

    private static bool IsWrapper(INamedTypeSymbol type) =>
        type.OriginalDefinition.SpecialType is SpecialType.System_Nullable_T
        || type.Name is "Task" or "ValueTask" or "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable";

    private static bool IsMarked(ITypeSymbol? type, INamedTypeSymbol attribute)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (var data in type.GetAttributes())
            {
                if (SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute))
                    return true;
            }
        }

        return false;
    }
}
