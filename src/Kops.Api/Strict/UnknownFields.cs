namespace Kops.Api.Strict;

/// <summary>What becomes of fields that the schema does not know.</summary>
internal enum UnknownFields
{
    /// <summary>They are told, each with a guess at what was meant: a person wrote them.</summary>
    Guess,

    /// <summary>They are told: a newer kOps wrote them.</summary>
    Tell,

    /// <summary>They are taken away, as kOps does.</summary>
    Drop,
}
