using Kops.Api.Documents;

namespace Kops.Api.Versions;

/// <summary>How a value is said in the other version. Values of a type that the schema does not allow stay as they are.</summary>
internal abstract class ValueRule
{
    /// <summary>The value as v1alpha3 has it; null where it then has none.</summary>
    public abstract Node? ToLater(Node value, ValueReport report);

    /// <summary>The value as v1alpha2 has it; null where it then has none.</summary>
    public abstract Node? ToStored(Node value, ValueReport report);
}
