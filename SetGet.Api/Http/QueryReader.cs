using System.Globalization;
using SetGet.Core.Events;

namespace SetGet.Api.Http;

/// <summary>Reads query parameters strictly; what is wrong is added to the errors under the parameter's name.</summary>
internal readonly struct QueryReader(HttpRequest request)
{
    private readonly IQueryCollection _query = request.Query;

    /// <summary>Everything that is wrong; handlers add what they find, and throw.</summary>
    public InputErrors Errors { get; } = new();

    /// <summary>The parameter's only value; null where it is absent, empty or repeated (the last two are errors).</summary>
    public string? Text(Parameter parameter)
    {
        if (!_query.TryGetValue(parameter.Name, out var values) || values.Count == 0) return null;
        if (values.Count > 1) Errors.Add(parameter.Name, "May be given once only.");
        else if (string.IsNullOrEmpty(values[0])) Errors.Add(parameter.Name, "Is empty: leave the parameter out instead.");
        else return values[0];
        return null;
    }

    /// <summary>A whole number within the parameter's bounds; its default, where it has one, for one that is absent.</summary>
    public int? Number(NumberParameter parameter)
    {
        if (Text(parameter) is not { } text) return parameter.Default;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= parameter.Minimum
            && value <= parameter.Maximum)
            return value;
        Errors.Add(parameter.Name, $"Must be a whole number from {parameter.Minimum} to {parameter.Maximum}.");
        return parameter.Default;
    }

    /// <summary>Seconds, fractions allowed, within the parameter's bounds; zero where it is absent.</summary>
    public TimeSpan Seconds(SecondsParameter parameter)
    {
        if (Text(parameter) is not { } text) return TimeSpan.Zero;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= 0 && value <= parameter.Maximum)
            return TimeSpan.FromSeconds(value);
        Errors.Add(parameter.Name, $"Must be a number of seconds from 0 to {parameter.Maximum}.");
        return TimeSpan.Zero;
    }
}
