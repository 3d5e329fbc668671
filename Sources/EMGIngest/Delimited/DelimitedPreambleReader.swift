internal import Documents
internal import EMGSignal
internal import Foundation
internal import PrintableText

/// What stands before the table of a delimited file.
struct DelimitedPreambleReader: Sendable {
    /// Signals in the order of their columns.
    private(set) var signals: [DelimitedSignal] = []
    /// The columns that a header in JSON names.
    private(set) var columns: [String] = []
    /// The sensor behind a column, by the column's name.
    private(set) var sensors: [String: String] = [:]
    /// The rate that the header gives.
    private(set) var rate: SamplingRate?
    /// How many bits the columns have, where the header gives a number for each.
    private var widths: [Int?] = []
    private(set) var details: [String: ProcessingStep.Value] = [:]
    /// Whether the table stands at a line that is not part of the preamble.
    private(set) var holdsLine = false

    /// Reads up to the first line behind the preamble.
    mutating func read(
        _ table: inout DelimitedTable, layout: DelimitedLayout, texts: inout TextDecoding
    ) throws(IngestError) {
        for _ in 0..<layout.skippedLines {
            guard try table.advance() else { return }
        }
        switch layout.preamble {
        case .comments, .text: break
        case .openSignals: try readOpenSignals(&table, texts: &texts)
        case .trigno: try readTrigno(&table, texts: &texts)
        case .acqKnowledge:
            let head = try AcqKnowledgeHead(&table, texts: &texts)
            (signals, rate, holdsLine) = (head.signals, head.rate, true)
            details = head.details
        }
    }

    // MARK: - OpenSignals

    private mutating func readOpenSignals(
        _ table: inout DelimitedTable, texts: inout TextDecoding
    ) throws(IngestError) {
        var hasEnded = false
        while try table.advance() {
            guard table.begins(with: "#") else {
                holdsLine = !table.isBlank
                break
            }
            let text = try table.text(&texts)
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
                at: table.location,
                hint: "a template without \"preamble: opensignals\" names the columns by number")
        }
    }

    private mutating func takeDevices(
        _ text: String, _ table: borrowing DelimitedTable
    ) throws(IngestError) {
        do throws(DocumentError) {
            let devices = try Document(json: text.utf8, name: table.file).cursor.object().entries
            for (address, cursor) in devices {
                let device = try cursor.object()
                var own: [String] = []
                for column in try device.required("column").array() {
                    // Columns of a second device get its address, as they repeat.
                    let name = try column.name()
                    own.append(columns.contains(name) ? "\(name)@\(address)" : name)
                }
                columns += own
                // The sensors are those of the last columns; counter and switches come before.
                let names = try device.optional("sensor")?.array() ?? []
                for (column, sensor) in zip(own.suffix(names.count), names) {
                    sensors[column] = try sensor.name()
                }
                takeWidths(of: device)
                let hertz = try device.required("sampling rate").number(
                    in: 1e-3...SamplingRate.highestPlausibleHertz)
                let stated = try? SamplingRate(hertz: hertz)
                guard rate == nil || rate == stated else {
                    throw cursor.error(expected: "one sampling rate for all devices")
                }
                rate = stated
                for key in ["device", "date", "time", "sensor", "resolution"] {
                    guard let value = device.optional(key) else { continue }
                    details["opensignals_\(key)"] = Self.value(value.value)
                }
            }
        } catch {
            throw IngestError(
                .malformed(expected: "the header of OpenSignals", found: error.fault),
                at: table.location,
                hint: error.hint.isEmpty
                    ? "a template without \"preamble: opensignals\" names the columns by number"
                    : error.hint)
        }
    }

    /// BITalino gives the width of each column, its counter's among them; other devices give
    /// those of their channels only.
    private mutating func takeWidths(of device: DocumentObject) {
        let new = columns.count - widths.count
        let stated = (try? device.optional("resolution")?.array()) ?? []
        widths += (0..<new).map { index in
            guard stated.count == new, case .integer(let bits) = stated[index].value.content,
                (1...62).contains(bits)
            else { return nil }
            return bits
        }
    }

    /// How many bits a column has; `nil` when the header does not say.
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
        _ table: inout DelimitedTable, texts: inout TextDecoding
    ) throws(IngestError) {
        while try table.advance() {
            if table.isBlank { continue }
            if ["X[s]", "\"X[s]", "X [s]", "\"X [s]"].contains(where: { table.begins(with: $0) }) {
                holdsLine = true
                return
            }
            guard table.begins(with: "Label:") else { continue }
            guard let signal = Self.signal(try table.text(&texts), at: signals.count) else {
                throw IngestError(
                    .malformed(
                        expected: "Label: … Sampling frequency: … Unit: …", found: table.excerpt),
                    at: table.location,
                    hint: "a template without \"preamble: trigno\" passes over such lines "
                        + "(skip_lines) and names the columns")
            }
            signals.append(signal)
        }
        throw IngestError(
            .malformed(expected: "a header line X[s],…", found: "the end of the file"),
            at: table.location,
            hint: "name the columns in a template of your own (starts_at says where they begin)")
    }

    private static func signal(_ text: String, at index: Int) -> DelimitedSignal? {
        func value(_ key: String, until next: [String]) -> String? {
            guard let start = text.range(of: key) else { return nil }
            let rest = text[start.upperBound...]
            let end = next.compactMap { rest.range(of: $0)?.lowerBound }.min() ?? rest.endIndex
            return rest[..<end].trimmingCharacters(in: .whitespaces)
        }
        // Versions of the program leave out the number of points or the start.
        guard let label = value("Label:", until: ["Sampling frequency:"]),
            let hertz = value(
                "Sampling frequency:", until: ["Number of points:", "start:", "Unit:", "Domain"]
            ).flatMap({ Double($0.replacing(",", with: ".")) }),
            hertz.isFinite, hertz > 0
        else { return nil }
        let unit = value(" Unit:", until: ["Domain Unit:", "Domain"]) ?? ""
        return DelimitedSignal(
            label: label, hertz: hertz, isDeclared: true, unit: unit, column: 2 * index + 1,
            time: 2 * index)
    }
}
