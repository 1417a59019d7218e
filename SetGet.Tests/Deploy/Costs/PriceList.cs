using System.Globalization;
using System.Text.Json;

namespace SetGet.Tests.Deploy.Costs;

/// <summary>The one price list, <c>SetGet.Benchmarks/Simulate/prices.json</c>: dollars, each as it is written there.</summary>
internal sealed class PriceList(JsonElement list)
{
    private readonly HashSet<string> _used = [];

    public string Region => list.GetProperty("region").GetString()!;

    public DateOnly On => DateOnly.Parse(list.GetProperty("on").GetString()!, CultureInfo.InvariantCulture);

    /// <summary>Prices that nothing has asked for; without what only docs/scale.md needs.</summary>
    public IEnumerable<string> Unused => list.EnumerateObject()
        .Where(price => price.Value.ValueKind == JsonValueKind.Number && price.Name is not ("cacheNodeGb" or "cacheNodeHour") && !_used.Contains(price.Name))
        .Select(price => price.Name);

    public decimal this[string name]
    {
        get
        {
            _used.Add(name);
            return list.GetProperty(name).GetDecimal();
        }
    }

    public static PriceList Read()
    {
        using var text = JsonDocument.Parse(File.ReadAllText(Path.Combine(Templates.Root, "SetGet.Benchmarks", "Simulate", "prices.json")));
        return new PriceList(text.RootElement.Clone());
    }
}
