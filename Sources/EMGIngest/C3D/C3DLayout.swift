internal import Foundation
import PrintableText

/// Where the analog values of a file are: what the header and the parameters say, held against
/// each other and the size of the file. Nothing is allocated by their word alone.
struct C3DLayout: Sendable, Hashable {
    /// Files are filled up to a whole block, or to one more.
    private static let mostPadding = 2 * C3DHeader.blockBytes

    /// The first byte of the frames.
    let dataStart: Int
    /// The number of frames that are there, at least 1.
    let frameCount: Int
    /// The number of the first frame in the recording that the file was cut from; it begins at 1.
    let firstFrame: Int
    /// The points in a frame, before its analog values.
    let pointCount: Int
    /// The analog channels.
    let channelCount: Int
    /// The rows of all channels in a frame.
    let rowsPerFrame: Int
    /// Whether values are real numbers.
    let isReal: Bool
    /// Frames a second.
    let frameRate: Double
    /// What does not fit together.
    let warnings: [IngestWarning]

    /// The bytes of a value.
    var valueBytes: Int { isReal ? 4 : 2 }
    /// The bytes of a frame.
    var frameBytes: Int { Self.frameBytes(pointCount, channelCount * rowsPerFrame, isReal) }
    /// The bytes of a frame before its analog values.
    var analogStart: Int { 4 * pointCount * valueBytes }
    /// The number of rows.
    var rowCount: Int { frameCount * rowsPerFrame }

    init(
        _ header: C3DHeader, _ parameters: C3DParameters, size: Int, file: String
    ) throws(IngestError) {
        var warnings: [IngestWarning] = []
        func warn(_ kind: IngestWarning.Kind, _ byte: Int, _ field: String, _ message: String) {
            warnings.append(
                IngestWarning(
                    kind, at: SourceLocation(file: file, field: field, byte: byte),
                    message: message))
        }
        let (channels, rows) = try Self.analog(header, parameters, file: file)
        channelCount = channels
        rowsPerFrame = rows
        pointCount = header.pointCount
        let stated = (parameters["POINT:DATA_START"]?.counts.first ?? 0) - 1
        dataStart =
            header.dataStart > 0 ? header.dataStart : stated * C3DHeader.blockBytes
        guard dataStart > header.parameterStart, dataStart < size else {
            throw IngestError(
                .inconsistent(
                    expected: "frames behind the parameters, which begin at byte "
                        + "\(header.parameterStart)",
                    found: "frames at byte \(dataStart) of \(size, of: "byte")"),
                at: SourceLocation(file: file, field: "data start", byte: 16),
                hint: "the file was cut or is damaged; copy it again from where it was recorded")
        }
        if stated >= 0, stated * C3DHeader.blockBytes != dataStart {
            warn(
                .headerFault, 16, "data start",
                "the header has the frames in block \(dataStart / C3DHeader.blockBytes + 1), "
                    + "POINT:DATA_START in \(stated + 1): the header counts")
        }
        let (first, declared, isOpen) = Self.frames(header, parameters)
        firstFrame = first
        let available = size - dataStart
        let points = header.pointCount
        isReal = try Self.isReal(
            header, parameters, file: file,
            fits: { isReal in
                guard let declared else { return false }
                let bytes = Self.frameBytes(points, channels * rows, isReal) * declared
                return bytes <= available && available - bytes < Self.mostPadding
            })
        let frameBytes = Self.frameBytes(points, channels * rows, isReal)
        let whole = available / frameBytes
        guard whole > 0 else {
            throw IngestError(
                .noSamples(found: "a header and no whole frame"),
                at: SourceLocation(file: file, byte: dataStart))
        }
        let known = declared ?? 0
        let behind = available - known * frameBytes
        if !isOpen || (known > 0 && behind >= 0 && behind < Self.mostPadding) {
            guard whole >= known - whole else {
                throw IngestError(
                    .inconsistent(
                        expected: "\(known, of: "frame") of \(frameBytes, of: "byte")",
                        found: "\(available) bytes, \(whole, of: "whole frame")"),
                    at: SourceLocation(file: file, field: "last frame", byte: 8),
                    hint: "the header is wrong or most of the file is missing; copy it again")
            }
            frameCount = min(known, whole)
            if whole < known {
                warn(
                    .truncated, 8, "last frame",
                    "the header says \(known, of: "frame"), the file was cut: "
                        + "\(whole, of: "whole frame") \(whole == 1 ? "was" : "were") read")
            } else if behind >= Self.mostPadding {
                warn(
                    .truncated, dataStart + known * frameBytes, "last frame",
                    "the header says \(known, of: "frame"); \(behind, of: "byte") behind them "
                        + "were not read")
            }
        } else {
            // A header cannot count beyond 65535. What fills up the last block may look like frames.
            frameCount = whole
            warn(
                .assumption, 8, "last frame",
                "the header cannot say how many frames there are, and no parameter does: by the "
                    + "size of the file they are \(whole), the last of which may only fill it up")
        }
        frameRate = Self.frameRate(header, parameters)
        self.warnings = warnings
    }

    private static func frameBytes(_ points: Int, _ analog: Int, _ isReal: Bool) -> Int {
        (4 * points + analog) * (isReal ? 4 : 2)
    }

    /// The channels and the rows of a frame.
    private static func analog(
        _ header: C3DHeader, _ parameters: C3DParameters, file: String
    ) throws(IngestError) -> (channels: Int, rows: Int) {
        let total = header.analogCount
        guard total > 0 else {
            throw IngestError(
                .noSamples(found: "points and no analog channels"),
                at: SourceLocation(file: file, field: "analog values in a frame", byte: 4),
                hint: "export the trial with its analog data (EMG)")
        }
        let rows = header.samplesPerFrame
        let used = parameters["ANALOG:USED"]?.counts.first ?? 0
        if rows > 0, total.isMultiple(of: rows), used == 0 || used * rows == total {
            return (total / rows, rows)
        }
        // One of the two may be wrong; the rates say how many rows there are.
        let rates = [parameters.number("ANALOG:RATE"), parameters.number("POINT:RATE")]
        if used > 0, total.isMultiple(of: used), let analog = rates[0], let point = rates[1],
            point > 0, (analog / point).rounded() == Double(total / used)
        {
            return (used, total / used)
        }
        throw IngestError(
            .inconsistent(
                expected: "\(total) analog values in a frame, as the header says",
                found: "\(used, of: "channel") (ANALOG:USED) of "
                    + "\(rows, of: "value") a frame"),
            at: SourceLocation(file: file, field: "analog samples a frame", byte: 18),
            hint: "the file is damaged; export it anew")
    }

    /// The first frame, how many there are, and whether that is only what the header can say.
    private static func frames(
        _ header: C3DHeader, _ parameters: C3DParameters
    ) -> (first: Int, count: Int?, isOpen: Bool) {
        func field(_ name: String) -> Int? {
            let counts = parameters["TRIAL:\(name)"]?.counts ?? []
            guard let low = counts.first else { return nil }
            // Two numbers of 16 bits, the lower one first.
            let count = counts.count > 1 ? low + counts[1] * 65_536 : low
            return min(count, Int(C3DParameter.largestCount))
        }
        let first = field("ACTUAL_START_FIELD") ?? max(1, header.firstFrame)
        let byHeader = header.lastFrame - header.firstFrame + 1
        if let start = field("ACTUAL_START_FIELD"), let end = field("ACTUAL_END_FIELD"),
            end >= start, start > 0
        {
            return (first, end - start + 1, false)
        }
        let long = [parameters["POINT:LONG_FRAMES"], parameters["POINT:FRAMES"]]
            .compactMap { $0?.counts.first }.filter { $0 > 0 }
        if header.lastFrame < C3DHeader.largestFrame, byHeader > 0 {
            return (first, byHeader, false)
        }
        if let count = long.first(where: { $0 != C3DHeader.largestFrame }) {
            return (first, count, false)
        }
        return (first, byHeader > 0 ? byHeader : nil, true)
    }

    /// Whether values are real numbers: a negative scale of points says so, in the header and in
    /// `POINT:SCALE`; where the two differ, the size of the file decides.
    private static func isReal(
        _ header: C3DHeader, _ parameters: C3DParameters, file: String, fits: (Bool) -> Bool
    ) throws(IngestError) -> Bool {
        let stated = parameters.number("POINT:SCALE") ?? 0
        let scale = Double(header.pointScale)
        guard stated != 0, stated.isFinite else { return scale < 0 }
        guard scale != 0, scale.isFinite, (stated < 0) != (scale < 0) else { return stated < 0 }
        guard fits(true) != fits(false) else {
            throw IngestError(
                .inconsistent(
                    expected: "a scale of points with one sign",
                    found: "\(scale) in the header, \(stated) in POINT:SCALE"),
                at: SourceLocation(file: file, field: "scale", byte: 12),
                hint: "a negative one says that values are real numbers; export the file anew")
        }
        return fits(true)
    }

    /// Rates are of single precision and meant in few decimals: 59.94, not 59.939998.
    static func decimal(_ number: Double) -> Double { Double("\(Float(number))") ?? number }

    private static func frameRate(_ header: C3DHeader, _ parameters: C3DParameters) -> Double {
        let stated = parameters.number("POINT:RATE") ?? 0
        let rate = decimal(stated.isFinite && stated > 0 ? stated : header.frameRate)
        return rate.isFinite && rate > 0 ? rate : 0
    }
}
