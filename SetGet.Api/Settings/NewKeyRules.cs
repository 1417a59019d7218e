using SetGet.Api.Access;
using SetGet.Core.Accounts;
using SetGet.Core.Events;

namespace SetGet.Api.Settings;

/// <summary>What a new API key must be.</summary>
internal static class NewKeyRules
{
    private const int MaxNameLength = 100;

    /// <summary>The roles by their names in HTTP.</summary>
    public static IReadOnlyDictionary<string, ApiKeyRoles> Roles { get; } = new Dictionary<string, ApiKeyRoles>
    {
        ["set"] = ApiKeyRoles.Set,
        ["get"] = ApiKeyRoles.Get,
        ["admin"] = ApiKeyRoles.Admin,
    };

    /// <summary>The roles that are asked for.</summary>
    /// <exception cref="Problems.ProblemException">400, with every mistake.</exception>
    public static ApiKeyRoles Check(NewKey request, DateTimeOffset now)
    {
        var errors = new InputErrors();
        if (request.Name.Length is 0 or > MaxNameLength || request.Name.Any(char.IsControl))
            errors.Add("name", $"Must be 1 to {MaxNameLength} characters without control characters.");
        if (request.ExpiresAt <= now) errors.Add("expiresAt", "Must be in the future; leave it out for a key that does not expire.");
        if (request.Roles.Count == 0) errors.Add("roles", "Must name at least one of set, get, admin.");
        var roles = ApiKeyRoles.None;
        for (var i = 0; i < request.Roles.Count; i++)
        {
            if (request.Roles[i] is { } name && Roles.TryGetValue(name, out var role)) roles |= role;
            else errors.Add($"roles[{i}]", "Must be one of set, get, admin.");
        }

        errors.ThrowIfAny();
        return roles;
    }
}
