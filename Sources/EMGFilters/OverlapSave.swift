internal import FFTW

/// One response applied to one stretch of two channels, as its samples come.
///
/// The two channels are the real and the imaginary part of a complex signal: the response is real
/// and symmetric, so they do not mix. Each transform takes the reach of the response on both sides
/// along and keeps what is between. Lent memory is reused from stretch to stretch.
final class OverlapSave<Number: FFTNumber> {
    /// A pair of samples.
    typealias Pair = SIMD2<Number>

    private let pass: SpectralResponse<Number>
    private var workspace: ComplexFFTPlan<Number>.Workspace
    /// What the next transform needs of this one.
    private var kept: [Pair]
    /// How much of the window is filled.
    private var fill = 0
    private var consumed = 0
    private var emitted = 0
    private var startIsOpen = true
    /// What was taken off each sample: a constant survives a transform with fewer digits than it
    /// survives a multiplication.
    private(set) var offset = Pair.zero

    init(_ pass: SpectralResponse<Number>) {
        self.pass = pass
        workspace = pass.plan.makeWorkspace()
        kept = Array(repeating: .zero, count: 2 * pass.reach)
    }

    /// Begins a stretch.
    ///
    /// - Parameter offset: A constant near the mean of its samples.
    func begin(offset: Pair) {
        self.offset = offset
        fill = pass.reach
        consumed = 0
        emitted = 0
        startIsOpen = true
    }

    /// How many samples fit before a transform is due.
    var room: Int { pass.length - fill }

    /// Takes samples.
    ///
    /// - Parameters:
    ///   - count: At most ``room``.
    ///   - write: Writes them, less ``offset``, into a span from a position on.
    func take(count: Int, _ write: (inout MutableSpan<Pair>, Int) -> Void) {
        precondition(count <= room, "\(count) samples where \(room) fit")
        let fill = fill
        workspace.withSignal { write(&$0, fill) }
        self.fill += count
        consumed += count
    }

    /// Takes samples of which ``offset`` has not been taken off.
    func take(_ samples: borrowing MutableSpan<Pair>, from start: Int, count: Int) {
        precondition(start >= 0 && count <= samples.count - start)
        let offset = offset
        take(count: count) { window, position in
            precondition(position + count <= window.count)
            for index in 0..<count {
                unsafe window[unchecked: position &+ index] =
                    samples[unchecked: start &+ index] - offset
            }
        }
    }

    /// Transforms a full window.
    ///
    /// - Parameter emit: Is given the results: the span, where they begin, how many they are, and
    ///   which sample of the stretch the first one is.
    func advance(_ emit: (inout MutableSpan<Pair>, Int, Int, Int) -> Void) {
        let reach = pass.reach
        let length = pass.length
        continueStart()
        // Taken out of the object while it is written, so that it is not copied.
        var kept: [Pair] = []
        swap(&kept, &self.kept)
        workspace.withSignal { window in
            var kept = kept.mutableSpan
            for index in 0..<2 * reach { kept[index] = window[length - 2 * reach + index] }
        }
        pass.plan.forward(&workspace)
        workspace.withSpectrumNumbers { pass.multiply(&$0) }
        pass.plan.inverse(&workspace)
        let count = min(length - 2 * reach, consumed - emitted)
        let constant = offset * Pair(repeating: pass.constantGain)
        let first = emitted
        workspace.withSignal { window in
            if constant != .zero {
                precondition(reach + count <= window.count)
                for index in reach..<reach + count {
                    unsafe window[unchecked: index] += constant
                }
            }
            emit(&window, reach, count, first)
            let kept = kept.span
            for index in 0..<2 * reach { window[index] = kept[index] }
        }
        swap(&kept, &self.kept)
        emitted += count
        fill = 2 * reach
    }

    /// Ends the stretch: continues it and transforms what is left.
    func finish(_ emit: (inout MutableSpan<Pair>, Int, Int, Int) -> Void) {
        let reach = pass.reach
        continueStart()
        let last = fill - 1
        let (edges, offset) = (pass.edges, offset)
        let closing: [Pair] = workspace.withSignal { window in
            (0..<reach).map { distance in
                Self.continued(
                    edges, edge: window[last], inside: window[last - distance - 1], offset)
            }
        }
        var appended = 0
        while emitted < consumed {
            let fill = fill
            let length = pass.length
            let start = appended
            let count = min(reach - start, length - fill)
            workspace.withSignal { window in
                for index in 0..<count { window[fill + index] = closing[start + index] }
                for index in fill + count..<max(length, fill + count) { window[index] = .zero }
            }
            appended += count
            self.fill = length
            advance(emit)
        }
    }

    /// Fills the window before the first sample, once a stretch.
    private func continueStart() {
        guard startIsOpen else { return }
        startIsOpen = false
        let reach = pass.reach
        let (edges, offset) = (pass.edges, offset)
        workspace.withSignal { window in
            for distance in stride(from: 1, through: reach, by: 1) {
                window[reach - distance] = Self.continued(
                    edges, edge: window[reach], inside: window[reach + distance], offset)
            }
        }
    }

    private static func continued(
        _ edges: EdgePolicy, edge: Pair, inside: Pair, _ offset: Pair
    ) -> Pair {
        switch edges {
        case .oddReflection, .scipy: edge + edge - inside
        case .constant: edge
        case .none: .zero - offset
        }
    }
}
