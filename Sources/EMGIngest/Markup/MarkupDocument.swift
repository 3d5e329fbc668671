private import CExpat
internal import Foundation
private import PrintableText

/// Reads XML by expat. Documents that declare a type are refused: entities could make a small
/// document large, and no device writes any.
enum MarkupDocument {
    /// The largest document.
    static let largestBytes = 4 << 20

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - bytes: At most ``largestBytes``.
    ///   - location: Where it is, for messages.
    /// - Returns: Its outermost element.
    /// - Throws: ``IngestError`` with the line of the first fault.
    static func read(_ bytes: [UInt8], at location: SourceLocation) throws(IngestError)
        -> MarkupNode
    {
        let builder = MarkupTreeBuilder()
        guard let parser = unsafe XML_ParserCreate(nil) else {
            throw IngestError(.unreadable(reason: "no memory for XML"), at: location)
        }
        defer { unsafe XML_ParserFree(parser) }
        unsafe builder.parser = parser
        unsafe XML_SetUserData(parser, Unmanaged.passUnretained(builder).toOpaque())
        unsafe XML_SetElementHandler(
            parser,
            { data, name, attributes in
                unsafe MarkupTreeBuilder.of(data)?.begin(name, attributes)
            },
            { data, _ in unsafe MarkupTreeBuilder.of(data)?.end() })
        unsafe XML_SetCharacterDataHandler(parser) { data, text, count in
            unsafe MarkupTreeBuilder.of(data)?.take(text, Int(count))
        }
        unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            unsafe MarkupTreeBuilder.of(data)?.refuse("a document type declaration")
        }
        let status = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe buffer.withMemoryRebound(to: CChar.self) { text in
                unsafe XML_Parse(parser, text.baseAddress, Int32(text.count), 1)
            }
        }
        let line = Int(clamping: unsafe XML_GetCurrentLineNumber(parser))
        guard status == XML_STATUS_OK, let root = builder.root else {
            let reason =
                unsafe builder.refusal
                ?? XML_ErrorString(XML_GetErrorCode(parser)).map { unsafe String(cString: $0) }
            throw IngestError(
                .malformed(expected: "an XML document", found: reason ?? "none"),
                at: SourceLocation(
                    file: location.file, line: line, byte: location.byte, object: location.object),
                hint: "the file is damaged; make or copy it again")
        }
        return root
    }
}

/// Puts elements together as expat comes by them.
@safe private final class MarkupTreeBuilder {
    var parser: XML_Parser?
    private(set) var root: MarkupNode?
    private(set) var refusal: String?
    private var open: [MarkupNode] = []
    /// The text of each open element; expat may give it in pieces.
    private var texts: [[UInt8]] = []
    private var count = 0

    private static let mostElements = 200_000
    private static let deepest = 64

    static func of(_ data: UnsafeMutableRawPointer?) -> MarkupTreeBuilder? {
        unsafe data.map {
            unsafe Unmanaged<MarkupTreeBuilder>.fromOpaque($0).takeUnretainedValue()
        }
    }

    func begin(
        _ name: UnsafePointer<CChar>?,
        _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) {
        count += 1
        guard count <= Self.mostElements, open.count < Self.deepest, let name = unsafe name else {
            refuse("more or deeper elements than a recording has")
            return
        }
        var values: [String: String] = [:]
        var index = 0
        while let key = unsafe attributes?[index], let value = unsafe attributes?[index + 1] {
            unsafe values[String(cString: key)] = unsafe String(cString: value)
            index += 2
        }
        unsafe open.append(MarkupNode(name: String(cString: name), attributes: values))
        texts.append([])
    }

    func take(_ text: UnsafePointer<CChar>?, _ count: Int) {
        guard let text = unsafe text, !open.isEmpty else { return }
        let bytes = unsafe UnsafeBufferPointer(start: text, count: count)
        let units = unsafe bytes.map { UInt8(bitPattern: $0) }
        texts[texts.count - 1] += units
    }

    func end() {
        guard var node = open.popLast() else { return }
        node.text = ForeignText.decode(texts.popLast() ?? [])
        if open.isEmpty { root = node } else { open[open.count - 1].children.append(node) }
    }

    func refuse(_ what: String) {
        if refusal == nil { refusal = what }
        if let parser = unsafe parser { unsafe XML_StopParser(parser, 0) }
    }
}
