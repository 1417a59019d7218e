using Microsoft.Extensions.Options;
using SetGet.Api.Problems;
using SetGet.Core.Accounts;

namespace SetGet.Api.Accounts;

/// <summary>The bounds that a TTL must keep, wherever one is named.</summary>
internal sealed class TtlBounds(IOptions<TtlOptions> options)
{
    private readonly TtlOptions _options = options.Value;

    /// <exception cref="ProblemException">400: the TTL is out of bounds.</exception>
    public void Check(int? seconds)
    {
        if (seconds < _options.MinimumSeconds || seconds > _options.MaximumSeconds)
            throw new ProblemException(
                ProblemKinds.Invalid("ttlSeconds", $"Must be a whole number of seconds from {_options.MinimumSeconds} to {_options.MaximumSeconds}."));
    }
}
