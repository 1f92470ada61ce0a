namespace Kops.Templates.Faults;

/// <summary>
/// A function refuses its arguments. The engine adds the place and the name of the function and throws a
/// <see cref="TemplateException"/>: <c>error calling NAME: MESSAGE</c>.
/// </summary>
/// <param name="message">What is wrong, as one sentence without a final stop.</param>
/// <param name="cause">The cause, where there is one.</param>
public sealed class FunctionException(string message, Exception? cause = null) : Exception(message, cause);
