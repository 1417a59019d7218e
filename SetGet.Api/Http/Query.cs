using System.Globalization;
using SetGet.Core.Events;

namespace SetGet.Api.Http;

/// <summary>Reads query parameters strictly; what is wrong is added to the errors under the parameter's name.</summary>
internal readonly struct Query
{
    private readonly IQueryCollection _query;
    private readonly InputErrors _errors;

    public Query(HttpRequest request, InputErrors errors)
    {
        _query = request.Query;
        _errors = errors;
    }

    /// <summary>The parameter's only value; null where it is absent, empty or repeated (the last two are errors).</summary>
    public string? Text(string name)
    {
        if (!_query.TryGetValue(name, out var values) || values.Count == 0) return null;
        if (values.Count > 1) _errors.Add(name, "May be given once only.");
        else if (string.IsNullOrEmpty(values[0])) _errors.Add(name, "Is empty: leave the parameter out instead.");
        else return values[0];
        return null;
    }

    /// <summary>A whole number within bounds, or <paramref name="otherwise"/> where the parameter is absent.</summary>
    public int? Number(string name, int minimum, int maximum, int? otherwise)
    {
        if (Text(name) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum) return value;
        _errors.Add(name, $"Must be a whole number from {minimum} to {maximum}.");
        return otherwise;
    }

    /// <summary>Seconds, fractions allowed, within bounds; zero where the parameter is absent.</summary>
    public TimeSpan Seconds(string name, int maximum)
    {
        if (Text(name) is not { } text) return TimeSpan.Zero;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= 0 && value <= maximum)
            return TimeSpan.FromSeconds(value);
        _errors.Add(name, $"Must be a number of seconds from 0 to {maximum}.");
        return TimeSpan.Zero;
    }
}
