namespace Kops.Resources.Values;

/// <summary>How a resource is shown in a picture of all of them.</summary>
public enum Shape
{
    /// <summary>By itself.</summary>
    Box,

    /// <summary>A detail of others: those of one kind that belong to the same others are shown as one, with their number.</summary>
    Detail,

    /// <summary>A line between the two that it joins.</summary>
    Link,
}
