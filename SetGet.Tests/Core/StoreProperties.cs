using FsCheck;
using FsCheck.Fluent;
using SetGet.Core.Events;

namespace SetGet.Tests.Core;

/// <summary>
/// Random histories of one key, stored, delivered again, taken, leased and expired in any order, compared with a model that is a sorted list.
/// </summary>
public sealed class StoreProperties
{
    private const int MaxEvents = 8;
    private static readonly Guid[] Ids = [.. Enumerable.Range(0, 40).Select(i => new Guid($"{i * 37 % 256:x2}000000-0000-7000-8000-{i:x12}"))];

    [Theory, OnRedis, OnGarnet, OnCluster]
    public void Store_OfAnyHistory_ReadsAsTheModelDoes(string server)
    {
        var steps = Gen.Choose(0, 9).SelectMany(kind => Gen.Choose(0, Ids.Length - 1).SelectMany(id => Gen.Choose(0, 20).Select(n => new Step(kind, id, n)))).ListOf();
        var property = Prop.ForAll(steps.ToArbitrary(), s => RunAsync(server, s).GetAwaiter().GetResult());
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(60));
    }

    private static async Task<bool> RunAsync(string server, IEnumerable<Step> steps)
    {
        var f = await StoreFixture.CreateAsync(server, MaxEvents);
        var model = new Model(f.Time);
        var began = f.Time.Now;
        var log = new List<string>();
        foreach (var step in steps)
        {
            switch (step.Kind)
            {
                case 0: f.Time.Advance(TimeSpan.FromMilliseconds(step.N * 200)); break;
                case 1: await TakeAsync(f, model, 1 + (step.N % 3), null); break;
                case 2: await TakeAsync(f, model, 1 + (step.N % 3), TimeSpan.FromMilliseconds((step.N + 1) * 100)); break;
                case 3 when step.N == 0:
                    await f.Taker.DeleteAsync(f.Account, "key", CancellationToken.None);
                    model.Delete();
                    break;
                default:
                    var envelope = f.Envelope($"{step.Id}", began + (step.Id % 13 * 100), Ids[step.Id].ToString(), ttl: 1 + (step.Id % 5));
                    log.Add($"{(await f.StoreAsync(envelope)).Outcome}");
                    Assert.Equal(model.Store(envelope), log[^1]);
                    break;
            }

            Assert.Equal(model.Live(), await f.AllAsync());
            Assert.Equal(model.Live().LastOrDefault(), await f.NewestAsync());
        }

        return true;
    }

    private static async Task TakeAsync(StoreFixture f, Model model, int max, TimeSpan? lease)
    {
        var taken = await f.Taker.TakeAsync(f.Account, "key", max, lease, CancellationToken.None);
        Assert.Equal(model.Take(max, lease), taken.Events.Select(StoreFixture.Text));
    }

    private sealed record Step(int Kind, int Id, int N);

    /// <summary>The rules, written down as plainly as can be.</summary>
    private sealed class Model(ManualTime time)
    {
        private readonly List<(long At, string Id, long ExpiresAt, string Data)> _events = [];
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private readonly Dictionary<string, long> _leasedUntil = new(StringComparer.Ordinal);

        public string Store(Envelope envelope)
        {
            Expire();
            var expiresAt = envelope.AcceptedAt + (envelope.Request.TtlSeconds!.Value * 1000L);
            if (expiresAt <= time.Now) return "Expired";
            if (!_seen.Add(envelope.Id)) return "Duplicate";
            _events.Add((envelope.AcceptedAt, envelope.Id, expiresAt, System.Text.Encoding.UTF8.GetString(envelope.Request.Data.Span)));
            _events.Sort();
            foreach (var pushedOut in Visible().SkipLast(MaxEvents).ToList()) _events.Remove(pushedOut);
            return "Stored";
        }

        public string[] Live()
        {
            Expire();
            return [.. Visible().Select(e => e.Data)];
        }

        public string[] Take(int max, TimeSpan? lease)
        {
            Expire();
            var taken = Visible().Take(max).ToList();
            foreach (var one in taken)
            {
                if (lease is { } span) _leasedUntil[one.Id] = time.Now + (long)span.TotalMilliseconds;
                else _events.Remove(one);
            }

            return [.. taken.Select(e => e.Data)];
        }

        public void Delete() => _events.Clear();

        private void Expire() => _events.RemoveAll(e => e.ExpiresAt <= time.Now);

        private IEnumerable<(long At, string Id, long ExpiresAt, string Data)> Visible()
            => _events.Where(e => !_leasedUntil.TryGetValue(e.Id, out var until) || until <= time.Now);
    }
}
