namespace Kops.StateStore.Tests.Support;

/// <summary>The process is dead. It is no error of a store, so nothing may handle it as one.</summary>
internal sealed class CrashException() : Exception("the process is dead");
