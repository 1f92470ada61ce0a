namespace Kops.Api.Codec;

/// <summary>What becomes of fields that the schema does not know, in what a user hands in.</summary>
public enum UnknownFieldPolicy
{
    /// <summary>They are an error, with a guess at the field that was meant.</summary>
    Refuse,

    /// <summary>They are kept, and named in <see cref="ApiDocument.UnknownFields"/>: a newer kOps knows them.</summary>
    Keep,

    /// <summary>They are dropped in silence, as kOps does.</summary>
    Drop,
}
