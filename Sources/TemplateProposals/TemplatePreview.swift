package import EMGIngest
private import EMGSignal
package import Foundation
private import PrintableText

/// The first rows of a file as a template reads them.
package struct TemplatePreview: Sendable, Hashable {
    /// The names of the columns: row, time stamp where there is one, channels, label.
    package let head: [String]
    /// A row of texts each.
    package let rows: [[String]]
    /// What is odd, as the reader says it.
    package let warnings: [String]
    /// Channels that are not shown.
    package let hiddenChannels: Int

    /// Channels that fit a line.
    private static let most = 8

    /// Reads the first rows.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - template: How it is laid out.
    ///   - count: How many rows.
    /// - Throws: `IngestError` with the place of what does not fit.
    package init(
        of url: URL, by template: SourceTemplate, rows count: Int = 5
    ) throws(IngestError) {
        guard let reader = template.reader else {
            preconditionFailure("every template has a reader")
        }
        var options = ReadOptions()
        options.missing = .markAsMissing
        options.template = template
        guard let stream = try reader.open(url, options: options).first else {
            preconditionFailure("a source has a main part")
        }
        let about = stream.metadata
        let width = about.channels.count
        var block = RowBlock()
        while block.samples.count < count * width,
            try stream.read(into: &block, atMost: count - block.samples.count / width)
        {}
        let names: [String] = if case .classes(let classes) = about.labels { classes } else { [] }
        let shown = about.channels.prefix(Self.most)
        hiddenChannels = about.channels.count - shown.count
        head =
            ["row"] + (about.hasTimeStamps ? ["time (s)"] : [])
            + shown.map { "\($0.name) (\($0.unit))".printable() }
            + (about.labels == .none ? [] : ["label"])
        rows = (0..<min(count, block.samples.count / width)).map { row in
            let stamp = about.hasTimeStamps ? ["\(block.timeStamps[row])"] : []
            let values = block.samples[row * width..<row * width + shown.count].map { "\($0)" }
            guard about.labels != .none else { return ["\(row + 1)"] + stamp + values }
            let label = row < block.labels.count ? Int(block.labels[row]) : -1
            let name = names.indices.contains(label) ? names[label].printable() : "value \(label)"
            return ["\(row + 1)"] + stamp + values + [label < 0 ? "" : name]
        }
        warnings = about.warnings.map { "\($0)" }
    }
}
