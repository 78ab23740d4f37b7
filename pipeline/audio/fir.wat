;; The inner loop of the resampler: one dot product an output sample, in 128-bit SIMD.
;; Each output depends on its own taps and samples only, added in one fixed order, so that any
;; cutting of the audio gives the same bits. fir_wasm.ts holds this compiled (tools/build_fir.ts).
(module
  (memory (export "memory") 1)
  (func (export "resample")
    (param $input i32)      ;; address of the first sample under the first output's first tap
    (param $output i32)     ;; address of the first output sample
    (param $count i32)      ;; outputs to write
    (param $taps i32)       ;; address of the taps, phase after phase
    (param $phaseBytes i32) ;; bytes of one phase's taps, a multiple of 64
    (param $phase i32)      ;; phase of the first output
    (param $phases i32)     ;; number of phases
    (param $phaseStep i32)  ;; phases that one output moves on, after whole samples
    (param $inputStep i32)  ;; bytes of whole samples that one output moves on
    (local $x i32) (local $h i32) (local $end i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $x (local.get $input))
        (local.set $h
          (i32.add (local.get $taps) (i32.mul (local.get $phase) (local.get $phaseBytes))))
        (local.set $end (i32.add (local.get $h) (local.get $phaseBytes)))
        (local.set $a (v128.const f32x4 0 0 0 0))
        (local.set $b (v128.const f32x4 0 0 0 0))
        (local.set $c (v128.const f32x4 0 0 0 0))
        (local.set $d (v128.const f32x4 0 0 0 0))
        (loop $tap
          (local.set $a (f32x4.add (local.get $a)
            (f32x4.mul (v128.load (local.get $x)) (v128.load (local.get $h)))))
          (local.set $b (f32x4.add (local.get $b)
            (f32x4.mul (v128.load offset=16 (local.get $x)) (v128.load offset=16 (local.get $h)))))
          (local.set $c (f32x4.add (local.get $c)
            (f32x4.mul (v128.load offset=32 (local.get $x)) (v128.load offset=32 (local.get $h)))))
          (local.set $d (f32x4.add (local.get $d)
            (f32x4.mul (v128.load offset=48 (local.get $x)) (v128.load offset=48 (local.get $h)))))
          (local.set $x (i32.add (local.get $x) (i32.const 64)))
          (local.set $h (i32.add (local.get $h) (i32.const 64)))
          (br_if $tap (i32.lt_u (local.get $h) (local.get $end))))
        (local.set $a (f32x4.add (f32x4.add (local.get $a) (local.get $b))
          (f32x4.add (local.get $c) (local.get $d))))
        (f32.store (local.get $output)
          (f32.add
            (f32.add (f32x4.extract_lane 0 (local.get $a)) (f32x4.extract_lane 1 (local.get $a)))
            (f32.add (f32x4.extract_lane 2 (local.get $a)) (f32x4.extract_lane 3 (local.get $a)))))
        (local.set $output (i32.add (local.get $output) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (local.set $input (i32.add (local.get $input) (local.get $inputStep)))
        (local.set $phase (i32.add (local.get $phase) (local.get $phaseStep)))
        (if (i32.ge_u (local.get $phase) (local.get $phases))
          (then
            (local.set $phase (i32.sub (local.get $phase) (local.get $phases)))
            (local.set $input (i32.add (local.get $input) (i32.const 4)))))
        (br $next)))))
