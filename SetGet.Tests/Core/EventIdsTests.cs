using SetGet.Core.Events;

namespace SetGet.Tests.Core;

/// <summary>Event ids order what came within one millisecond.</summary>
public sealed class EventIdsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void New_IsOfVersion7_AndNamesItsMillisecond()
    {
        var id = EventIds.New(Now.AddTicks(9_999));

        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
        Assert.Equal(Now.ToUnixTimeMilliseconds(), Convert.ToInt64($"{id:N}"[..12], 16));
        Assert.NotEqual(id, EventIds.New(Now.AddTicks(9_999)));
    }

    [Fact]
    public void New_WithinOneMillisecond_GrowsWithTime()
    {
        var ids = Enumerable.Range(0, 1000).Select(microsecond => EventIds.New(Now.AddMicroseconds(microsecond)).ToString()).ToArray();

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }
}
