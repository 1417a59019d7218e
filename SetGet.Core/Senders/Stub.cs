#pragma warning disable CA1822
using SetGet.Core.Signing;

namespace SetGet.Core.Senders;

public sealed record FlowSource(string? Scheme, HmacDescription? Custom, KeyRules Rules, string? IdHeader, KeyRules? Id, string? Url);

public sealed class FlowSources
{
    public Task<FlowSource?> GetAsync(string account, string flow, CancellationToken cancellationToken) => Task.FromResult<FlowSource?>(null);
}
