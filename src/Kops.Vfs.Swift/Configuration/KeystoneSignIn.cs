namespace Kops.Vfs.Swift.Configuration;

/// <summary>A sign-in to Keystone (Identity API v3).</summary>
public sealed record KeystoneSignIn
{
    /// <summary>Where Keystone is, with or without <c>/v3</c>. Null where a token is used as it is.</summary>
    public Uri? AuthUrl { get; init; }

    /// <summary>The user's name; unique within the domain of the user.</summary>
    public string? UserName { get; init; }

    /// <summary>The user's id, in place of name and domain.</summary>
    public string? UserId { get; init; }

    /// <summary>The name of the user's domain.</summary>
    public string? UserDomainName { get; init; }

    /// <summary>The id of the user's domain.</summary>
    public string? UserDomainId { get; init; }

    /// <summary>The project's name.</summary>
    public string? ProjectName { get; init; }

    /// <summary>The project's id, in place of name and domain.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The name of the project's domain.</summary>
    public string? ProjectDomainName { get; init; }

    /// <summary>The id of the project's domain.</summary>
    public string? ProjectDomainId { get; init; }

    /// <summary>The id of an application credential, in place of user and project.</summary>
    public string? ApplicationCredentialId { get; init; }

    /// <summary>The name of an application credential; the user says whose.</summary>
    public string? ApplicationCredentialName { get; init; }

    /// <summary>The user's password.</summary>
    public Secret? Password { get; init; }

    /// <summary>The secret of the application credential.</summary>
    public Secret? ApplicationCredentialSecret { get; init; }

    /// <summary>A token, in place of a password.</summary>
    public Secret? Token { get; init; }

    /// <summary>Whether an application credential is used.</summary>
    public bool IsApplicationCredential => ApplicationCredentialId is not null || ApplicationCredentialName is not null;
}
