using System.Runtime.CompilerServices;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Lists of several pages, as streams.</summary>
public interface ISQSPaginatorFactory
{
    IListDeadLetterSourceQueuesPaginator ListDeadLetterSourceQueues(ListDeadLetterSourceQueuesRequest request);

    IListQueuesPaginator ListQueues(ListQueuesRequest request);
}

/// <summary>Pages of the source queues, or their URLs.</summary>
public interface IListDeadLetterSourceQueuesPaginator
{
    IPaginatedEnumerable<ListDeadLetterSourceQueuesResponse> Responses { get; }

    IPaginatedEnumerable<string> QueueUrls { get; }
}

/// <summary>Pages of the queues, or their URLs.</summary>
public interface IListQueuesPaginator
{
    IPaginatedEnumerable<ListQueuesResponse> Responses { get; }

    IPaginatedEnumerable<string> QueueUrls { get; }
}

/// <summary>Makes the streams of a client.</summary>
internal sealed class SQSPaginatorFactory(IAmazonSQS client) : ISQSPaginatorFactory
{
    public IListDeadLetterSourceQueuesPaginator ListDeadLetterSourceQueues(ListDeadLetterSourceQueuesRequest request) =>
        new SourceQueuesPaginator(client, request);

    public IListQueuesPaginator ListQueues(ListQueuesRequest request) => new QueuesPaginator(client, request);
}

/// <summary>Asks for the page after each page, on a copy of the request.</summary>
internal sealed class SourceQueuesPaginator(IAmazonSQS client, ListDeadLetterSourceQueuesRequest request)
    : IListDeadLetterSourceQueuesPaginator, IPaginator<ListDeadLetterSourceQueuesResponse>
{
    public IPaginatedEnumerable<ListDeadLetterSourceQueuesResponse> Responses =>
        new PaginatedResponse<ListDeadLetterSourceQueuesResponse>(this);

    public IPaginatedEnumerable<string> QueueUrls =>
        new PaginatedResultKeyResponse<ListDeadLetterSourceQueuesResponse, string>(this, static page => page.QueueUrls ?? []);

    async IAsyncEnumerable<ListDeadLetterSourceQueuesResponse> IPaginator<ListDeadLetterSourceQueuesResponse>.PaginateAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = request.NextToken;
        do
        {
            var page = await client.ListDeadLetterSourceQueuesAsync(
                new() { QueueUrl = request.QueueUrl, MaxResults = request.MaxResults, NextToken = next },
                cancellationToken);
            next = page.NextToken;
            yield return page;
        }
        while (!string.IsNullOrEmpty(next));
    }
}

/// <inheritdoc cref="SourceQueuesPaginator"/>
internal sealed class QueuesPaginator(IAmazonSQS client, ListQueuesRequest request)
    : IListQueuesPaginator, IPaginator<ListQueuesResponse>
{
    public IPaginatedEnumerable<ListQueuesResponse> Responses => new PaginatedResponse<ListQueuesResponse>(this);

    public IPaginatedEnumerable<string> QueueUrls =>
        new PaginatedResultKeyResponse<ListQueuesResponse, string>(this, static page => page.QueueUrls ?? []);

    async IAsyncEnumerable<ListQueuesResponse> IPaginator<ListQueuesResponse>.PaginateAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = request.NextToken;
        do
        {
            var page = await client.ListQueuesAsync(
                new ListQueuesRequest { QueueNamePrefix = request.QueueNamePrefix, MaxResults = request.MaxResults, NextToken = next },
                cancellationToken);
            next = page.NextToken;
            yield return page;
        }
        while (!string.IsNullOrEmpty(next));
    }
}
