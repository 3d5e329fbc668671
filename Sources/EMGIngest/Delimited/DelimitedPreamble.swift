internal import Documents
internal import EMGSignal
internal import Foundation

/// What stands before the table of a delimited file.
struct DelimitedPreambleReader: Sendable {
    /// One signal that Delsys' EMGworks lists.
    struct Signal: Sendable {
        let label: String
        let hertz: Double
        let count: Int
        let unit: String
    }

    /// Signals in the order of their columns.
    private(set) var signals: [Signal] = []
    /// The columns that a header in JSON names.
    private(set) var columns: [String] = []
    /// The rate that the header gives.
    private(set) var rate: SamplingRate?
    /// How many bits the columns have, where the header gives a number for each.
    private var widths: [Int?] = []
    private(set) var details: [String: ProcessingStep.Value] = [:]
    /// Whether the table stands at a line that is not part of the preamble.
    private(set) var holdsLine = false

    /// Reads up to the first line behind the preamble.
    mutating func read(
        _ table: inout DelimitedTable, layout: DelimitedLayout
    ) throws(IngestError) {
        for _ in 0..<layout.skippedLines {
            guard try table.advance() else { return }
        }
        switch layout.preamble {
        case .comments: holdsLine = try DelimitedPlan.nextRow(&table, layout: layout)
        case .openSignals: try readOpenSignals(&table, layout: layout)
        case .trigno: try readTrigno(&table, layout: layout)
        }
    }

    // MARK: - OpenSignals

    private mutating func readOpenSignals(
        _ table: inout DelimitedTable, layout: DelimitedLayout
    ) throws(IngestError) {
        var hasEnded = false
        while try table.advance() {
            let text = table.text
            guard text.hasPrefix("#") else {
                holdsLine = !table.isBlank
                break
            }
            let content = text.dropFirst().drop { $0 == " " }
            if content.hasPrefix("{") {
                try takeDevices(String(content), table)
            } else if content.hasPrefix("EndOfHeader") {
                hasEnded = true
            }
        }
        guard hasEnded, !columns.isEmpty else {
            throw IngestError(
                .malformed(
                    expected: "a header in JSON and a line \"# EndOfHeader\"", found: "none"),
                at: SourceLocation(file: table.file, line: table.number))
        }
    }

    private mutating func takeDevices(
        _ text: String, _ table: borrowing DelimitedTable
    ) throws(IngestError) {
        do throws(DocumentError) {
            let devices = try Document(json: text.utf8, name: table.file).cursor.object().entries
            for (address, cursor) in devices {
                let device = try cursor.object()
                for column in try device.required("column").array() {
                    // Columns of a second device get its address, as they repeat.
                    let name = try column.name()
                    columns.append(columns.contains(name) ? "\(name)@\(address)" : name)
                }
                takeWidths(of: device)
                let hertz = try device.required("sampling rate").number(
                    in: 1e-3...SamplingRate.highestPlausibleHertz)
                let own = try? SamplingRate(hertz: hertz)
                guard rate == nil || rate == own else {
                    throw cursor.error(expected: "one sampling rate for all devices")
                }
                rate = own
                for key in ["device", "date", "time", "sensor", "resolution"] {
                    guard let value = device.optional(key) else { continue }
                    details["opensignals_\(key)"] = Self.value(value.value)
                }
            }
        } catch {
            throw IngestError(
                .malformed(expected: "the header of OpenSignals", found: "\(error)"),
                at: SourceLocation(file: table.file, line: table.number))
        }
    }

    /// BITalino gives the width of each column, its counter's among them; other devices give
    /// those of their channels only.
    private mutating func takeWidths(of device: DocumentObject) {
        let new = columns.count - widths.count
        let told = (try? device.optional("resolution")?.array()) ?? []
        widths += (0..<new).map { index in
            guard told.count == new, case .integer(let bits) = told[index].value.content,
                (1...62).contains(bits)
            else { return nil }
            return bits
        }
    }

    /// How many bits a column has; `nil` when the header does not tell.
    func width(ofColumn column: Int) -> Int? {
        widths.indices.contains(column) ? widths[column] : nil
    }

    private static func value(_ value: DocumentValue) -> ProcessingStep.Value {
        switch value.content {
        case .string(let text): .text(text)
        case .integer(let number): .integer(number)
        case .number(let number): .number(number)
        case .boolean(let flag): .flag(flag)
        case .array(let values): .list(values.map(Self.value))
        case .null, .object: .text("")
        }
    }

    // MARK: - EMGworks

    private mutating func readTrigno(
        _ table: inout DelimitedTable, layout: DelimitedLayout
    ) throws(IngestError) {
        while try table.advance() {
            if table.isBlank { continue }
            let text = table.text
            if text.hasPrefix("X[") || text.hasPrefix("\"X[") {
                holdsLine = true
                return
            }
            guard text.hasPrefix("Label:") else { continue }
            guard let signal = Self.signal(text) else {
                throw IngestError(
                    .malformed(
                        expected: "Label: … Sampling frequency: … Number of points: … Unit: …",
                        found: String(text.prefix(80))),
                    at: SourceLocation(file: table.file, line: table.number))
            }
            signals.append(signal)
        }
        throw IngestError(
            .malformed(expected: "a header line X[s],…", found: "the end of the file"),
            at: SourceLocation(file: table.file, line: table.number))
    }

    private static func signal(_ text: String) -> Signal? {
        func value(_ key: String, until next: [String]) -> String? {
            guard let start = text.range(of: key) else { return nil }
            let rest = text[start.upperBound...]
            let end = next.compactMap { rest.range(of: $0)?.lowerBound }.min() ?? rest.endIndex
            return rest[..<end].trimmingCharacters(in: .whitespaces)
        }
        guard let label = value("Label:", until: ["Sampling frequency:"]),
            let hertz = value("Sampling frequency:", until: ["Number of points:"])
                .flatMap({ Double($0.replacing(",", with: ".")) }),
            hertz.isFinite, hertz > 0
        else { return nil }
        let count = value("Number of points:", until: ["start:", "Unit:"]).flatMap { Int($0) }
        let unit = value(" Unit:", until: ["Domain Unit:", "Domain"]) ?? ""
        return Signal(label: label, hertz: hertz, count: count ?? 0, unit: unit)
    }
}
