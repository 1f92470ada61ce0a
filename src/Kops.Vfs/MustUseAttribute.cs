namespace Kops.Vfs;

/// <summary>
/// Values of this type say whether something was done. A call whose value nobody looks at is warned of (<c>KOPS001</c>) by the analyzer
/// that comes with this package; <c>_ =</c> before the call says that it is meant.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class MustUseAttribute : Attribute { }
