internal import HDF5
private import Synchronization

/// The samples of a collection, read chunk by chunk and kept in memory as far as a budget allows.
///
/// What was used longest ago goes first, by halves of the budget. It may be used by several threads
/// at once.
final class SampleStore: Sendable {
    private enum Values: Sendable {
        case bytes([UInt8])
        case numbers([Float])

        var byteCount: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .numbers(let numbers): 4 * numbers.count
            }
        }
    }

    private struct State {
        var recent: [Int: Values] = [:]
        var earlier: [Int: Values] = [:]
        var recentBytes = 0
        var reads = 0
    }

    private let dataset: OpenDataset
    private let sample: ArraySample
    private let rows: Int
    private let rowsPerPiece: Int
    /// Bytes of the pieces used last, before the others are let go.
    private let share: Int
    /// For each stored byte, or once for floats, what it becomes; channel by channel.
    private let tables: [[Float]]
    private let offsets: [Float]
    private let scales: [Float]
    private let state = Mutex(State())

    init(
        _ dataset: OpenDataset, _ sample: ArraySample,
        _ normalization: ArrayManifest.Normalization, memoryBudget: Int
    ) {
        self.dataset = dataset
        self.sample = sample
        rows = dataset.description.shape[0]
        rowsPerPiece = max(1, dataset.description.chunkShape?[0] ?? 1)
        let all = rows * sample.width * sample.type.bytes
        share = all <= memoryBudget ? .max : memoryBudget / 2
        offsets = normalization.offset.map { Float($0) }
        scales = normalization.scale.map { Float($0) }
        tables =
            sample.type == .uint8
            ? zip(normalization.offset, normalization.scale).map { offset, scale in
                (0..<256).map { Float((Double($0) - offset) / scale) }
            } : []
    }

    /// How many pieces were read from the file so far.
    var readCount: Int { state.withLock { $0.reads } }

    /// Copies a sample as a model sees it.
    ///
    /// - Parameters:
    ///   - row: Which.
    ///   - turn: Quarter turns against the clock; 0 of what is no square image.
    ///   - values: Where it goes.
    ///   - start: Its first number there.
    /// - Throws: ``ArrayError`` when the file cannot be read.
    func copy(row: Int, turned turn: Int, into values: inout [Float], at start: Int)
        throws(ArrayError)
    {
        let piece = try piece(row / rowsPerPiece)
        let first = row % rowsPerPiece * sample.width
        let coefficients = offsets.count
        switch piece {
        case .bytes(let bytes):
            if turn == 0, coefficients == 1 {
                let table = tables[0]
                for place in 0..<sample.width {
                    values[start + place] = table[Int(bytes[first + place])]
                }
                return
            }
            for place in 0..<sample.width {
                let table = tables[coefficients == 1 ? 0 : place % coefficients]
                values[start + place] = table[Int(bytes[first + source(of: place, turned: turn)])]
            }
        case .numbers(let numbers):
            for place in 0..<sample.width {
                let channel = coefficients == 1 ? 0 : place % coefficients
                values[start + place] =
                    (numbers[first + source(of: place, turned: turn)] - offsets[channel])
                    / scales[channel]
            }
        }
    }

    /// The number of a sample that comes to a place when it is turned.
    private func source(of place: Int, turned turn: Int) -> Int {
        guard turn > 0 else { return place }
        let (size, channels) = (sample.shape[0], sample.channelCount)
        let (pixel, channel) = (place / channels, place % channels)
        let (row, column) = (pixel / size, pixel % size)
        let (oldRow, oldColumn) =
            switch turn {
            case 1: (column, size - 1 - row)
            case 2: (size - 1 - row, size - 1 - column)
            default: (size - 1 - column, row)
            }
        return (oldRow * size + oldColumn) * channels + channel
    }

    private func piece(_ index: Int) throws(ArrayError) -> Values {
        let kept = state.withLock { state -> Values? in
            if let values = state.recent[index] { return values }
            guard let values = state.earlier[index] else { return nil }
            Self.keep(values, index, share, &state)
            return values
        }
        if let kept { return kept }
        let values = try read(index)
        state.withLock { state in
            state.reads += 1
            // Another thread may have read it meanwhile.
            if state.recent[index] == nil { Self.keep(values, index, share, &state) }
        }
        return values
    }

    private static func keep(_ values: Values, _ index: Int, _ share: Int, _ state: inout State) {
        state.recent[index] = values
        state.recentBytes += values.byteCount
        guard state.recentBytes > share else { return }
        state.earlier = state.recent
        state.recent = [:]
        state.recentBytes = 0
    }

    private func read(_ index: Int) throws(ArrayError) -> Values {
        let range = index * rowsPerPiece..<min(rows, (index + 1) * rowsPerPiece)
        do throws(HDF5Error) {
            return sample.type == .uint8
                ? .bytes(try dataset.readRows(as: UInt8.self, range))
                : .numbers(try dataset.readRows(as: Float.self, range))
        } catch {
            throw ArrayError(error)
        }
    }
}
