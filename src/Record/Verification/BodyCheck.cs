namespace Safeconduct.Record;

/// <summary>Checks one body: its blob and its wrapped key by their hashes, and its text by the signer's commitment where it can be had.</summary>
internal static class BodyCheck
{
    internal static Counts Check(IRecordSource source, OperationKey? key, OperationId? operation, EntryIndex index, BodyName body, List<Finding> findings, Counts counts)
    {
        var blob = FindBlob(source, index, body, findings);
        var wrapped = body.IsSealed ? FindWrappedKey(source, index, body, findings) : null;
        var opened = OpenHandedOver(source, index, body, findings) ?? Open(source, key, operation, index, body, blob, wrapped, findings);
        return counts with
        {
            Blobs = counts.Blobs + (blob is null ? 0 : 1),
            WrappedKeys = counts.WrappedKeys + (wrapped is null ? 0 : 1),
            OpenedBodies = counts.OpenedBodies + (opened is null ? 0 : 1),
            WithheldBodies = counts.WithheldBodies + (opened is null && blob is null && source.MayWithhold ? 1 : 0),
        };
    }

    private static ReadOnlyMemory<byte>? FindBlob(IRecordSource source, EntryIndex index, BodyName body, List<Finding> findings)
    {
        if (source.FindBlob(body.Blob) is not { } blob)
        {
            if (!source.MayWithhold)
            {
                findings.Add(Finding.Refutes("blob.missing", source.PlaceOfBlob(body.Blob), $"the blob {body.Blob} is not here", index));
            }

            return null;
        }

        if (blob.Length == body.Length && Hash.Of(blob.Span) == body.Blob)
        {
            return blob;
        }

        findings.Add(Finding.Refutes("blob.differs", source.PlaceOfBlob(body.Blob), $"the blob has not the SHA-256 and length by which the entry names it, {body.Blob}", index));
        return null;
    }

    private static ReadOnlyMemory<byte>? FindWrappedKey(IRecordSource source, EntryIndex index, BodyName body, List<Finding> findings)
    {
        if (source.FindWrappedKey(body.Key) is not { } wrapped)
        {
            if (!source.MayWithhold)
            {
                findings.Add(Finding.Refutes("key.missing", source.PlaceOfWrappedKey(body.Key), $"the wrapped key {body.Key} is not here", index));
            }

            return null;
        }

        if (KeyId.Of(wrapped.Span) == body.Key)
        {
            if (OperationKey.IsWrapped(wrapped.Span))
            {
                return wrapped;
            }

            findings.Add(Finding.Refutes("key.form", source.PlaceOfWrappedKey(body.Key), $"the wrapped key {body.Key} has neither of the two forms", index));
            return null;
        }

        findings.Add(Finding.Refutes("key.differs", source.PlaceOfWrappedKey(body.Key), $"the wrapped key is not the one the entry names, {body.Key}", index));
        return null;
    }

    private static OpenedBody? OpenHandedOver(IRecordSource source, EntryIndex index, BodyName body, List<Finding> findings)
    {
        if (source.FindOpened(body.Commit) is not { } opened)
        {
            return null;
        }

        if (Hash.Of([.. opened.Salt.Span, .. opened.Text.Span]) == body.Commit)
        {
            return opened;
        }

        findings.Add(Finding.Refutes("body.other-text", source.PlaceOfBlob(body.Blob), "the text is another than the one the signer committed to", index));
        return null;
    }

    private static OpenedBody? Open(IRecordSource source, OperationKey? key, OperationId? operation, EntryIndex index, BodyName body, ReadOnlyMemory<byte>? blob, ReadOnlyMemory<byte>? wrapped, List<Finding> findings)
    {
        if (blob is not { } bytes)
        {
            return null;
        }

        Fault? fault = null;
        OpenedBody? opened = null;
        if (!body.IsSealed)
        {
            opened = Sealing.ReadOpen(body, bytes, out fault);
        }
        else if (key is not null && operation is { } id && wrapped is { } wrappedKey)
        {
            opened = Sealing.Open(key, id, body, bytes.Span, wrappedKey.Span, out fault);
        }

        if (fault is { } wrong)
        {
            findings.Add(Finding.Refutes(wrong.Code, source.PlaceOfBlob(body.Blob), wrong.Message, index));
        }

        return opened;
    }
}
