namespace SetGet.Api.Problems;

/// <summary>Ends a request with a problem document, from wherever it is thrown. For what is exceptional: the frequent 404 is an answer.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
