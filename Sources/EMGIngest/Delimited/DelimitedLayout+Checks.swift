package import Documents

extension DelimitedLayout {
    /// Refuses members that exclude each other.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        if !headerRows.isEmpty, let cursor = object.optional("header_rows") {
            try checkHeader(cursor)
        }
        if let clock, let cursor = object.optional("time") {
            try check(clock, cursor)
        }
        if let labels, labels.column == nil, rowComment == nil,
            let cursor = object.optional("label")
        {
            throw cursor.error(
                expected: "a column, or \"row_comment\" beside \"label\"", found: "neither")
        }
        if blocks != nil, startsAt.isEmpty, blockColumn == nil,
            let cursor = object.optional("blocks")
        {
            throw cursor.error(
                expected: "\"starts_at\" or \"block_column\" beside it", found: "neither",
                hint: "they say how each block begins")
        }
        if blockColumn != nil, let cursor = object.optional("block_column") {
            guard blocks != nil else {
                throw cursor.error(
                    expected: "\"blocks\" beside it", found: "none",
                    hint: "say what becomes of the blocks: joined, each or a number")
            }
            guard startsAt.isEmpty, clock?.columns.isEmpty ?? true else {
                throw cursor.error(
                    expected: "blocks by a column alone",
                    found: startsAt.isEmpty
                        ? "columns of time for each channel" : "\"starts_at\", too")
            }
        }
        if blocks != nil, isPieces, let cursor = object.optional("blocks") {
            throw cursor.error(
                expected: "no blocks", hint: "pieces of a folder have one table each")
        }
        if preamble == .trigno, !targets.isEmpty, let list = object.optional("targets") {
            throw list.error(
                expected: "no targets", hint: "signals of EMGworks have rates of their own")
        }
        if let cursor = object.optional("events"), labels != nil || isPieces {
            throw cursor.error(
                expected: "no events",
                hint: labels != nil
                    ? "labels are in a column or in a table of events, not in both"
                    : "pieces of a folder have their labels in their names")
        }
    }

    private func checkHeader(_ cursor: DocumentCursor) throws(DocumentError) {
        if !hasHeader || skippedRows > 0 {
            throw cursor.error(
                expected: "header_rows alone",
                found: "\(hasHeader ? "skip_rows" : "header: false") beside it")
        }
        if let text = headerRows.firstIndex(of: .text), text != headerRows.count - 1 {
            throw cursor.error(expected: "text as the last of them", found: "rows behind it")
        }
        for kind in HeaderRow.allCases where kind != .skip {
            guard headerRows.count(where: { $0 == kind }) < 2 else {
                throw cursor.error(expected: "\(kind.rawValue) once", found: "it twice")
            }
        }
        if let groups = headerRows.firstIndex(of: .groups) {
            guard let names = headerRows.firstIndex(of: .names), groups < names else {
                throw cursor.error(expected: "names behind groups")
            }
        }
    }

    private func check(_ clock: Clock, _ cursor: DocumentCursor) throws(DocumentError) {
        guard (clock.column == nil) != clock.columns.isEmpty else {
            throw cursor.error(
                expected: "column or columns", found: clock.column == nil ? "neither" : "both")
        }
        guard !clock.columns.isEmpty else { return }
        if labels != nil || sampleCounter != nil || !targets.isEmpty {
            throw cursor.error(
                expected: "columns of time without label, counter and targets",
                hint: "rows of channels with clocks of their own are no moments in time: labels "
                    + "come from \"events\"")
        }
    }
}
