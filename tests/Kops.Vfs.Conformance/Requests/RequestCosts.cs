namespace Kops.Vfs.Conformance.Requests;

/// <summary>The requests that things cost, as methods in order.</summary>
public sealed record RequestCosts
{
    /// <summary>A small put, on any condition.</summary>
    public string Put { get; init; } = "PUT";

    /// <summary>A stat.</summary>
    public string Stat { get; init; } = "HEAD";

    /// <summary>A read.</summary>
    public string Read { get; init; } = "GET";

    /// <summary>A delete of what is there.</summary>
    public string Delete { get; init; } = "DELETE";

    /// <summary>A page of a listing.</summary>
    public string Page { get; init; } = "GET";

    /// <summary>Rows of a page.</summary>
    public int PageSize { get; init; } = 1000;
}
