internal import EMGSignal
private import Files
package import Foundation

/// Reads delimited text as a template describes it; `docs/formats/delimited.md` says how.
package struct DelimitedReader: RecordingReader {
    let template: SourceTemplate
    let layout: DelimitedLayout

    /// Creates a reader; `nil` when the template describes another kind of source.
    package init?(_ template: SourceTemplate) {
        guard case .delimited(let layout) = template.layout else { return nil }
        self.template = template
        self.layout = layout
    }

    /// The template's name.
    package var formatName: String { template.name }

    /// The template's description.
    package var summary: String {
        template.summary.isEmpty ? "delimited text of template \(template.name)" : template.summary
    }

    /// Whether the text begins as the template says.
    package func recognizes(content prefix: [UInt8]) -> Bool {
        guard let signature = layout.signature else { return false }
        return signature.mismatch(TextGlance(prefix, encoding: layout.encoding)) == nil
    }

    /// Whether it is a text that begins as the template says, or one whose place fits when the
    /// template says nothing of beginnings, or one with columns of the template when it says
    /// neither.
    package func recognizes(_ url: URL, content prefix: [UInt8]) -> Bool {
        !layout.isPieces && template.mismatch(url, content: prefix) == nil
    }

    /// Whether the folder holds the pieces of one recording.
    package func recognizes(folder url: URL, entries: [String]) -> Bool {
        layout.isPieces && pieces(in: url, entries: entries) != nil
    }

    /// The file and its table of events; or the pieces, and the file that names their classes.
    package func files(of url: URL, options: ReadOptions) throws(IngestError) -> [URL] {
        let pieces = try self.pieces(of: url)
        var files = pieces.map(\.url)
        if let name = layout.classFile, layout.isPieces {
            let side = pieces[0].url.deletingLastPathComponent().appending(path: name)
            if FileManager.default.fileExists(atPath: side.path(percentEncoded: false)) {
                files.append(side)
            }
        }
        if let table = events(beside: pieces) { files.append(table) }
        return files
    }

    /// What the place tells in the way of the template.
    package func identity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        let pieces = try self.pieces(of: url)
        return try template.identity(
            of: pieces[0].url, place: url == pieces[0].url ? nil : url, options: options)
    }

    /// Opens the parts that are wanted.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        let pieces = try self.pieces(of: url)
        let url = pieces[0].url
        var blocks = try DelimitedBlock.tables(of: url, layout: layout)
        var streams: [any RecordingStream] = []
        var found: [String] = []
        var number = 0
        while number < blocks.count, number == 0 || options.parts != .main {
            var plan = try DelimitedPlan.read(
                url, template: template, layout: layout, options: options,
                start: blocks[number].start)
            if number == 0, let column = plan.blockColumn {
                blocks = try DelimitedBlock.rows(of: plan, by: column, layout: layout, url: url)
            }
            plan.take(blocks[number])
            if let name = layout.classFile, layout.isPieces {
                plan.classNames = try LibEMGMetadata.classNames(
                    url.deletingLastPathComponent().appending(path: name))
            }
            plan.nameParts(block: number, of: blocks.count, wanted: options.parts)
            found += plan.parts.compactMap(\.name)
            for part in plan.parts(wanted: options.parts) {
                streams.append(
                    try stream(of: pieces, plan: plan, part: part, options: options))
            }
            number += 1
        }
        if streams.isEmpty, case .named(let name) = options.parts {
            throw IngestError(
                .missingColumn(name: name, found: found),
                at: SourceLocation(file: url.relativePath),
                hint: "--parts all reads every part")
        }
        return streams
    }

    private func stream(
        of pieces: [Piece], plan: DelimitedPlan, part: DelimitedPlan.Part, options: ReadOptions
    ) throws(IngestError) -> any RecordingStream {
        let rows = try DelimitedStream(
            pieces, plan: plan, part: part, template: template, options: options)
        guard let labels = layout.labels, labels.shortestRows > 1, rows.metadata.labels != .none
        else { return rows }
        return SteadyLabels(rows, shortest: labels.shortestRows)
    }

    /// The table of events beside a file; `nil` when the template names none or it is not there.
    private func events(beside pieces: [Piece]) -> URL? {
        layout.events?.url(beside: pieces[0].url)
    }

    // MARK: - Pieces

    /// A file of the recording and what its name tells.
    struct Piece: Sendable {
        let url: URL
        let label: String?
        let repetition: String?
    }

    /// The pieces of a source; a file is one piece.
    private func pieces(of url: URL) throws(IngestError) -> [Piece] {
        guard Folder.exists(at: url) else { return [piece(url)] }
        let names = try IngestError.wrapping { () throws(FilesError) in
            try Folder.names(in: url)
        }
        guard let found = pieces(in: url, entries: names) else {
            throw IngestError(
                .noSamples(found: "no file of the form \(template.paths.first?.text ?? "")"),
                at: SourceLocation(file: url.relativePath))
        }
        return found
    }

    private func pieces(in folder: URL, entries: [String]) -> [Piece]? {
        let fitting = entries.filter { name in
            !name.hasPrefix(".")
                && template.paths.contains { $0.captures(of: folder.appending(path: name)) != nil }
        }
        let found = fitting.map { piece(folder.appending(path: $0)) }.sorted {
            left, right in
            for (one, other) in [
                (left.repetition ?? "", right.repetition ?? ""),
                (left.label ?? "", right.label ?? ""),
                (left.url.lastPathComponent, right.url.lastPathComponent),
            ] where one != other {
                return NaturalOrder.precedes(one, other)
            }
            return false
        }
        return found.isEmpty ? nil : found
    }

    private func piece(_ url: URL) -> Piece {
        let name = url.lastPathComponent
        let found = template.paths.lazy.compactMap { $0.captures(ofName: name) }.first ?? [:]
        return Piece(url: url, label: found[.label], repetition: found[.repetition])
    }
}
