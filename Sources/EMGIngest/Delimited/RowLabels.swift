internal import EMGSignal
internal import Foundation
internal import PrintableText

/// The labels of the rows of a table, from a column or from comments behind rows.
struct RowLabels: Sendable {
    /// The longest label, in bytes.
    private static let longest = 200

    private(set) var classes = ClassCollector()
    private let column: Int?
    private let source: LabelSource?
    private var marks: LabelMarks?
    private let template: SourceTemplate
    private let classNames: [String: String]
    private let field: String
    /// The number of the label that goes on, so that rows without a mark need no text.
    private var lasting: UInt8?

    init(_ plan: DelimitedPlan, layout: DelimitedLayout, template: SourceTemplate, field: String) {
        column = plan.label
        source = layout.labels
        if let source, !source.isPlain || source.column == nil {
            marks = LabelMarks(source, decimalMark: plan.decimalMark)
        }
        self.template = template
        classNames = plan.classNames
        self.field = field
    }

    /// Whether rows have labels of their own.
    var hasLabels: Bool { column != nil || source.map { $0.column == nil } ?? false }

    /// Forgets the label that goes on: a block of its own begins.
    mutating func restart() {
        marks?.restart()
        lasting = nil
    }

    /// The number of a row's label.
    mutating func take(
        _ table: borrowing DelimitedTable, texts: inout TextDecoding
    ) throws(IngestError) -> UInt8 {
        guard let column else { return try takeComment(table, texts: &texts) }
        guard column < table.count, table.bytes(column).count <= Self.longest else {
            throw IngestError(
                .invalidCell(
                    expected: "a label of at most \(Self.longest) bytes",
                    found: column < table.count ? table.excerpt(column) : ""),
                at: table.place(column, field: field),
                hint: "the template may mean another column by \"label\"")
        }
        if let lasting, table.bytes(column).isEmpty, marks?.goesOn == true { return lasting }
        return try take(
            try table.cell(column, &texts), table, at: table.place(column, field: field))
    }

    private mutating func takeComment(
        _ table: borrowing DelimitedTable, texts: inout TextDecoding
    ) throws(IngestError) -> UInt8 {
        guard let bytes = table.commentBytes else {
            if let lasting, marks?.goesOn == true { return lasting }
            return try take("", table, at: table.location)
        }
        let text = try table.decode(
            bytes.prefix(Self.longest), line: table.number, &texts)
        return try take(LabelMarks.comment(text), table, at: table.location)
    }

    private mutating func take(
        _ text: String, _ table: borrowing DelimitedTable, at location: SourceLocation
    ) throws(IngestError) -> UInt8 {
        var label = text
        if marks != nil {
            guard let taken = marks?.take(text, line: table.number) else {
                throw IngestError(
                    .invalidCell(expected: "a number of bits or a voltage", found: text),
                    at: location,
                    hint:
                        "\"mask\" needs whole numbers, \"above\" any numbers; \"idle\" names what "
                        + "else a cell may hold")
            }
            label = taken
        } else if let value = Double(text), value == value.rounded(), value.magnitude < 1e15 {
            // 1.0 is class 1, as programs write whole numbers of a floating column.
            label = String(Int(value))
        }
        let name =
            label.isEmpty
            ? LabelTrack.unlabeledName : classNames[label] ?? template.className(of: label)
        let number = try number(of: name, at: location)
        lasting = number
        return number
    }

    /// The number of a class.
    mutating func number(
        of name: String, at location: SourceLocation
    ) throws(IngestError) -> UInt8 {
        guard let number = classes.number(of: name) else {
            throw IngestError(
                .unsupported(feature: "more than 256 classes"), at: location,
                hint: column == nil ? "" : "is this the column of labels?")
        }
        return number
    }

    /// What its user should know.
    func warnings(file: String) -> [IngestWarning] { marks?.warnings(file: file) ?? [] }
}
