private import CSections
internal import FFTW

/// A number that the spectral engine computes with: `Double` or `Float`.
///
/// The requirements are the C loops of each precision, for `PairLoops` and ``ChannelColumns``,
/// which check what they pass.
protocol SpectralNumber: FFTNumber {
    @unsafe static func scale(
        _ spectrum: UnsafeMutablePointer<Self>, _ length: Int, _ gains: UnsafePointer<Self>)
    @unsafe static func add(
        _ from: UnsafePointer<Self>, _ to: UnsafeMutablePointer<Self>, _ count: Int,
        _ sum: SIMD2<Self>,
        _ takesMagnitude: Bool)
    @unsafe static func decimate(
        _ from: UnsafePointer<Self>, _ to: UnsafeMutablePointer<Self>, _ count: Int, _ factor: Int,
        _ weights: UnsafePointer<Self>, _ taps: Int)
    @unsafe static func interpolate(
        _ from: UnsafePointer<Self>, _ to: UnsafeMutablePointer<Self>, _ count: Int, _ factor: Int,
        _ weights: UnsafePointer<Self>, _ width: Int)
    @unsafe static func load(
        _ rows: UnsafePointer<Double>, _ stride: Int, _ width: Int, _ count: Int,
        _ lanes: UnsafeMutablePointer<Self>, _ laneStride: Int)
    @unsafe static func load(
        _ rows: UnsafePointer<Float>, _ stride: Int, _ width: Int, _ count: Int,
        _ lanes: UnsafeMutablePointer<Self>, _ laneStride: Int)
    @unsafe static func store(
        _ rows: UnsafeMutablePointer<Double>, _ stride: Int, _ width: Int, _ count: Int,
        _ lanes: UnsafePointer<Self>, _ laneStride: Int)
    @unsafe static func store(
        _ rows: UnsafeMutablePointer<Float>, _ stride: Int, _ width: Int, _ count: Int,
        _ lanes: UnsafePointer<Self>, _ laneStride: Int)
}

extension Double: SpectralNumber {
    @unsafe static func scale(
        _ spectrum: UnsafeMutablePointer<Double>, _ length: Int, _ gains: UnsafePointer<Double>
    ) {
        unsafe pairs_scale_d(spectrum, length, gains)
    }

    @unsafe static func add(
        _ from: UnsafePointer<Double>, _ to: UnsafeMutablePointer<Double>, _ count: Int,
        _ sum: SIMD2<Double>,
        _ takesMagnitude: Bool
    ) {
        unsafe pairs_add_d(from, to, count, sum.x, sum.y, takesMagnitude)
    }

    @unsafe static func decimate(
        _ from: UnsafePointer<Double>, _ to: UnsafeMutablePointer<Double>, _ count: Int,
        _ factor: Int,
        _ weights: UnsafePointer<Double>, _ taps: Int
    ) {
        unsafe pairs_decimate_d(from, to, count, factor, weights, taps)
    }

    @unsafe static func interpolate(
        _ from: UnsafePointer<Double>, _ to: UnsafeMutablePointer<Double>, _ count: Int,
        _ factor: Int,
        _ weights: UnsafePointer<Double>, _ width: Int
    ) {
        unsafe pairs_interpolate_d(from, to, count, factor, weights, width)
    }

    @unsafe static func load(
        _ rows: UnsafePointer<Double>, _ stride: Int, _ width: Int, _ count: Int,
        _ lanes: UnsafeMutablePointer<Double>, _ laneStride: Int
    ) {
        unsafe pairs_load_dd(rows, stride, width, count, lanes, laneStride)
    }

    @unsafe static func store(
        _ rows: UnsafeMutablePointer<Double>, _ stride: Int, _ width: Int, _ count: Int,
        _ lanes: UnsafePointer<Double>, _ laneStride: Int
    ) {
        unsafe pairs_store_dd(rows, stride, width, count, lanes, laneStride)
    }

    @unsafe static func load(
        _ rows: UnsafePointer<Float>, _ stride: Int, _ width: Int, _ count: Int,
        _ lanes: UnsafeMutablePointer<Double>, _ laneStride: Int
    ) {
        unsafe pairs_load_fd(rows, stride, width, count, lanes, laneStride)
    }

    @unsafe static func store(
        _ rows: UnsafeMutablePointer<Float>, _ stride: Int, _ width: Int, _ count: Int,
        _ lanes: UnsafePointer<Double>, _ laneStride: Int
    ) {
        unsafe pairs_store_fd(rows, stride, width, count, lanes, laneStride)
    }
}

extension Float: SpectralNumber {
    @unsafe static func scale(
        _ spectrum: UnsafeMutablePointer<Float>, _ length: Int, _ gains: UnsafePointer<Float>
    ) {
        unsafe pairs_scale_f(spectrum, length, gains)
    }

    @unsafe static func add(
        _ from: UnsafePointer<Float>, _ to: UnsafeMutablePointer<Float>, _ count: Int,
        _ sum: SIMD2<Float>,
        _ takesMagnitude: Bool
    ) {
        unsafe pairs_add_f(from, to, count, sum.x, sum.y, takesMagnitude)
    }

    @unsafe static func decimate(
        _ from: UnsafePointer<Float>, _ to: UnsafeMutablePointer<Float>, _ count: Int,
        _ factor: Int,
        _ weights: UnsafePointer<Float>, _ taps: Int
    ) {
        unsafe pairs_decimate_f(from, to, count, factor, weights, taps)
    }

    @unsafe static func interpolate(
        _ from: UnsafePointer<Float>, _ to: UnsafeMutablePointer<Float>, _ count: Int,
        _ factor: Int,
        _ weights: UnsafePointer<Float>, _ width: Int
    ) {
        unsafe pairs_interpolate_f(from, to, count, factor, weights, width)
    }

    @unsafe static func load(
        _ rows: UnsafePointer<Double>, _ stride: Int, _ width: Int, _ count: Int,
        _ lanes: UnsafeMutablePointer<Float>, _ laneStride: Int
    ) {
        unsafe pairs_load_df(rows, stride, width, count, lanes, laneStride)
    }

    @unsafe static func store(
        _ rows: UnsafeMutablePointer<Double>, _ stride: Int, _ width: Int, _ count: Int,
        _ lanes: UnsafePointer<Float>, _ laneStride: Int
    ) {
        unsafe pairs_store_df(rows, stride, width, count, lanes, laneStride)
    }

    @unsafe static func load(
        _ rows: UnsafePointer<Float>, _ stride: Int, _ width: Int, _ count: Int,
        _ lanes: UnsafeMutablePointer<Float>, _ laneStride: Int
    ) {
        unsafe pairs_load_ff(rows, stride, width, count, lanes, laneStride)
    }

    @unsafe static func store(
        _ rows: UnsafeMutablePointer<Float>, _ stride: Int, _ width: Int, _ count: Int,
        _ lanes: UnsafePointer<Float>, _ laneStride: Int
    ) {
        unsafe pairs_store_ff(rows, stride, width, count, lanes, laneStride)
    }
}
