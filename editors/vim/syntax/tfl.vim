" TFL, for editors without semantic tokens.
if exists('b:current_syntax')
  finish
endif

syntax keyword tflKeyword fn struct if else while for break continue return match try catch finally assert import
syntax keyword tflOperatorWord in and or not
syntax keyword tflConstant true false none
syntax keyword tflType bool u8 i8 i16 i32 i64 f16 bf16 f32 f64 c64 int float str any
syntax match tflContext /^\s*\%(\%(test\|bench\)\ze\s*"\|from\ze\s\)/
syntax match tflDecorator /^\s*@\h[0-9A-Za-z_.]*/
syntax match tflFunction /\%(\<fn\s\+\)\@<=\k\+/
syntax match tflStruct /\%(\<struct\s\+\)\@<=\k\+/
syntax match tflCall /\k\+\ze(/
syntax match tflNumber /\<\%(0[xX][0-9A-Fa-f_]\+\|0[bB][01_]\+\|0[oO][0-7_]\+\|\d[0-9_]*\%(\.\d[0-9_]*\)\?\%([eE][+-]\?\d\+\)\?\)\%([uif]\d\+\|bf16\|c64\|j\)\?\>/
syntax match tflOperator /|>\|->\|\.\.=\?\|[-+*\/%@&|^~<>=!]=\?/
syntax match tflComment /#.*$/ contains=@Spell
syntax match tflDocComment /##.*$/ contains=@Spell
syntax region tflInterpolation matchgroup=Delimiter start=/{/ end=/}/ contained contains=TOP
syntax match tflEscape /\\.\|{{\|}}/ contained
syntax region tflString start=/"/ end=/"\|$/ contains=tflEscape,tflInterpolation
syntax region tflString start=/"""/ end=/"""/ contains=tflEscape,tflInterpolation
syntax region tflRawString start=/\<r"/ end=/"\|$/
syntax region tflRawString start=/\<r"""/ end=/"""/

highlight default link tflKeyword Keyword
highlight default link tflOperatorWord Keyword
highlight default link tflConstant Constant
highlight default link tflType Type
highlight default link tflContext Keyword
highlight default link tflDecorator PreProc
highlight default link tflFunction Function
highlight default link tflStruct Type
highlight default link tflCall Function
highlight default link tflNumber Number
highlight default link tflOperator Operator
highlight default link tflComment Comment
highlight default link tflDocComment SpecialComment
highlight default link tflString String
highlight default link tflRawString String
highlight default link tflEscape SpecialChar

let b:current_syntax = 'tfl'
