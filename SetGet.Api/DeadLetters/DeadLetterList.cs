using System.Globalization;

namespace SetGet.Api.DeadLetters;

/// <summary>
/// Collects one page out of a scan that comes in any order: the oldest dead letters behind a position. Keeps no more than
/// the page, however long the queue is.
/// </summary>
internal sealed class DeadLetterList(DeadLetterFilter filter, DeadLetterList.Position? after, int limit)
{
    /// <summary>Most bytes of bodies on one page; a single letter always fits. Characters.</summary>
    private const int MaxCharacters = 4 * 1024 * 1024;

    private readonly SortedDictionary<Position, DeadLetter> _page = [];
    private readonly DeadLetterFilter _filter = filter;
    private readonly Position? _after = after;
    private readonly int _limit = limit;
    private long _characters;
    private bool _isMore;

    public void Add(DeadLetter letter)
    {
        var position = new Position(letter.DeadAt.ToUnixTimeMilliseconds(), letter.Id);
        if (!_filter.Matches(letter) || position.CompareTo(_after) <= 0) return;
        _page[position] = letter;
        _characters += letter.Body.Length;
        while (_page.Count > _limit || (_characters > MaxCharacters && _page.Count > 1)) DropNewest();
    }

    public DeadLetterPage ToPage() => new([.. _page.Values], _isMore ? _page.Keys.Last().ToString() : null);

    private void DropNewest()
    {
        var newest = _page.Keys.Last();
        _characters -= _page[newest].Body.Length;
        _page.Remove(newest);
        _isMore = true;
    }

    /// <summary>A place in the order of dead letters: time, then id. As text it is the cursor.</summary>
    internal sealed record Position(long Time, string Id) : IComparable<Position>
    {
        public int CompareTo(Position? other)
        {
            if (other is null) return 1;
            var byTime = Time.CompareTo(other.Time);
            return byTime != 0 ? byTime : string.CompareOrdinal(Id, other.Id);
        }

        public override string ToString() => $"{Time.ToString(CultureInfo.InvariantCulture)}.{Id}";

        public static Position? Parse(string text)
        {
            var dot = text.IndexOf('.', StringComparison.Ordinal);
            return dot > 0 && text.Length <= 200 && long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var time)
                ? new Position(time, text[(dot + 1)..]) : null;
        }
    }
}
