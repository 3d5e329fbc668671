internal import FFTW

/// What is given pairs: where they are, which is the first and how many they are.
typealias PairConsumer<Number: SpectralNumber> = (
    _ source: borrowing PairLanes<Number>, _ start: Int, _ count: Int
) -> Void

/// One filter at work on lanes in step, each of which takes samples and gives results.
///
/// The samples that come are those of a segment with ``reach`` more before and after it. An
/// enumeration, not a protocol: calls through a protocol would not be compiled for one type of
/// number.
enum SpectralNode<Number: SpectralNumber> {
    case whole(OverlapSave<Number>)
    case reduced(ReducedPass<Number>)

    /// Samples on each side that a result depends on.
    var reach: Int {
        switch self {
        case .whole(let node): node.reach
        case .reduced(let node): node.reach
        }
    }

    /// Begins a segment.
    ///
    /// - Parameters:
    ///   - count: Samples in it.
    ///   - offsets: What is taken off the samples of each lane and put back onto its results: a
    ///     constant survives a transform with fewer digits than it survives a multiplication.
    func begin(count: Int, offsets: [SIMD2<Number>]) {
        switch self {
        case .whole(let node): node.begin(count: count, offsets: offsets)
        case .reduced(let node): node.begin(count: count, offsets: offsets)
        }
    }

    /// Takes samples of all lanes.
    ///
    /// - Parameters:
    ///   - source: Where they are.
    ///   - start: The first one.
    ///   - count: How many.
    ///   - emit: Is given results as they get ready.
    func take(
        _ source: borrowing PairLanes<Number>, from start: Int, count: Int,
        _ emit: PairConsumer<Number>
    ) {
        switch self {
        case .whole(let node): node.take(source, from: start, count: count, emit)
        case .reduced(let node): node.take(source, from: start, count: count, emit)
        }
    }

    /// Ends the segment.
    func finish(_ emit: PairConsumer<Number>) {
        switch self {
        case .whole(let node): node.finish(emit)
        case .reduced(let node): node.finish(emit)
        }
    }
}
