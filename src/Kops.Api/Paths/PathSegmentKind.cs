namespace Kops.Api.Paths;

/// <summary>What a step of a field path does.</summary>
public enum PathSegmentKind
{
    /// <summary>Goes to a field of an object: <c>.zone</c>. On a map it goes to a key.</summary>
    Field,

    /// <summary>Goes to a key of a map or to the item of a list that has this name: <c>[kops.k8s.io/x]</c>, <c>["10"]</c>.</summary>
    Key,

    /// <summary>Goes to a position of a list: <c>[0]</c>.</summary>
    Index,

    /// <summary>Goes to every item of a list: <c>[*]</c>.</summary>
    Every,
}
