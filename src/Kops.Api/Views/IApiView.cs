using Kops.Api.Documents;

namespace Kops.Api.Views;

/// <summary>What lists and maps need of a view: a way to make one.</summary>
public interface IApiView<TSelf>
    where TSelf : ApiView, IApiView<TSelf>
{
    /// <summary>A view of a mapping.</summary>
    static abstract TSelf Of(MappingNode node);
}
