namespace Sqs.Engine;

/// <summary>Something that is due at a time and can be in one <see cref="IndexedHeap{T}"/>.</summary>
internal interface IDue
{
    /// <summary>Epoch milliseconds. Must not change while the item is in a heap.</summary>
    long DueAt { get; }

    /// <summary>The item's place in the heap, kept by the heap; -1 outside.</summary>
    int HeapIndex { get; set; }
}

/// <summary>A binary heap, earliest first, from which any item is removed in O(log n). Its array shrinks again when it empties.</summary>
internal sealed class IndexedHeap<T> where T : class, IDue
{
    private const int MinimumCapacity = 16;
    private T[] _items = new T[MinimumCapacity];

    public int Count { get; private set; }

    public T? Peek => Count > 0 ? _items[0] : null;

    public void Push(T item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Count * 2);
        Count++;
        SiftUp(item, Count - 1);
    }

    public void Remove(T item)
    {
        var index = item.HeapIndex;
        var last = _items[--Count];
        _items[Count] = null!;
        item.HeapIndex = -1;
        if (index < Count)
        {
            SiftUp(last, index);
            if (last.HeapIndex == index) SiftDown(last, index);
        }

        if (_items.Length > MinimumCapacity && Count < _items.Length / 4) Array.Resize(ref _items, _items.Length / 2);
    }

    public void Clear()
    {
        for (var i = 0; i < Count; i++) _items[i].HeapIndex = -1;
        _items = new T[MinimumCapacity];
        Count = 0;
    }

    private void SiftUp(T item, int index)
    {
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (_items[parent].DueAt <= item.DueAt) break;
            Place(_items[parent], index);
            index = parent;
        }

        Place(item, index);
    }

    private void SiftDown(T item, int index)
    {
        for (var child = (2 * index) + 1; child < Count; child = (2 * index) + 1)
        {
            if (child + 1 < Count && _items[child + 1].DueAt < _items[child].DueAt) child++;
            if (item.DueAt <= _items[child].DueAt) break;
            Place(_items[child], index);
            index = child;
        }

        Place(item, index);
    }

    private void Place(T item, int index)
    {
        _items[index] = item;
        item.HeapIndex = index;
    }
}
